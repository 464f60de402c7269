package dev.parley.jobs;

import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.JsonValue;
import java.util.Optional;

/// What tests tell of jobs.
final class Updates {
  private Updates() {}

  static JobUpdate of(String id, JobStatus status) {
    return update(id, status, Optional.empty(), JsonValue.NULL);
  }

  static JobUpdate of(String id, JobStatus status, double progress) {
    return update(id, status, Optional.of(progress), JsonValue.NULL);
  }

  static JobUpdate withResult(String id, JobStatus status, Object result) {
    return update(id, status, Optional.empty(), new JsonValue(result));
  }

  private static JobUpdate update(
      String id, JobStatus status, Optional<Double> progress, JsonValue result) {
    return new JobUpdate(
        new JobId(id),
        status,
        progress,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        result);
  }
}
