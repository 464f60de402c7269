package dev.parley.api;

import dev.parley.protocol.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job as it is stored.
///
/// @param status `pending`, `running`, `completed`, `failed` or `cancelled`
/// @param progress 0–100
/// @param result as it was given; null for none
/// @param updatedAt later with each update
public record JobState(
    String jobId,
    String status,
    double progress,
    Optional<String> name,
    Optional<String> owner,
    Optional<String> error,
    @Nullable Object result,
    Instant createdAt,
    Instant updatedAt) {

  /// Whether nothing can change any more.
  public boolean isFinished() {
    return status.equals("completed") || status.equals("failed") || status.equals("cancelled");
  }

  static JobState of(Fields in) {
    return new JobState(
        ReplyFields.text(in, "job_id"),
        ReplyFields.text(in, "status"),
        in.decimal("progress"),
        in.optionalText("name", Integer.MAX_VALUE),
        in.optionalText("owner", Integer.MAX_VALUE),
        in.optionalText("error", Integer.MAX_VALUE),
        in.value("result").raw(),
        in.time("created_at"),
        in.time("updated_at"));
  }

  static List<JobState> allOf(JsonObject reply) {
    return new Fields(reply)
        .list("jobs", Integer.MAX_VALUE, each -> of(Fields.asFields("jobs", each)));
  }
}
