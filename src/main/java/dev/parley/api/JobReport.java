package dev.parley.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told of a job. What is empty stays as it was.
///
/// @param jobId the application's own: 1–128 of letters, digits and `. _ - @ : | +`
/// @param status `pending`, `running`, `completed`, `failed` or `cancelled`
/// @param progress 0–100
/// @param name for people, at most 256 characters
/// @param owner id of the user for whom it is done
/// @param error why it failed, at most 2,048 characters
/// @param result what came of it, as JSON of at most 16 KiB; null for none
public record JobReport(
    String jobId,
    String status,
    Optional<Double> progress,
    Optional<String> name,
    Optional<String> owner,
    Optional<String> error,
    @Nullable Object result) {

  public static JobReport pending(String jobId) {
    return of(jobId, "pending");
  }

  public static JobReport running(String jobId, double progress) {
    return of(jobId, "running").at(progress);
  }

  public static JobReport completed(String jobId) {
    return of(jobId, "completed");
  }

  public static JobReport failed(String jobId, String error) {
    return new JobReport(
        jobId,
        "failed",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(error),
        null);
  }

  public static JobReport cancelled(String jobId) {
    return of(jobId, "cancelled");
  }

  public JobReport at(double percent) {
    return new JobReport(jobId, status, Optional.of(percent), name, owner, error, result);
  }

  public JobReport named(String text) {
    return new JobReport(jobId, status, progress, Optional.of(text), owner, error, result);
  }

  public JobReport ownedBy(String userId) {
    return new JobReport(jobId, status, progress, name, Optional.of(userId), error, result);
  }

  /// @param value text, number, boolean, `JsonObject` or `JsonArray`
  public JobReport withResult(Object value) {
    return new JobReport(jobId, status, progress, name, owner, error, value);
  }

  private static JobReport of(String jobId, String status) {
    return new JobReport(
        jobId,
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        null);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("job_id", jobId).put("status", status);
    progress.ifPresent(percent -> json.put("progress", percent));
    name.ifPresent(text -> json.put("name", text));
    owner.ifPresent(user -> json.put("owner", user));
    error.ifPresent(text -> json.put("error", text));
    if (result != null) {
      json.put("result", result);
    }
    return json;
  }
}
