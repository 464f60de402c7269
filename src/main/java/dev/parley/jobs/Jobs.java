package dev.parley.jobs;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What becomes of a job when something is told of it.
///
/// What is left out stays as it was. Progress never goes back while the job runs, and is 100 when
/// it is completed. A finished job stays as it is.
final class Jobs {
  private static final Duration TICK = Duration.ofMillis(1);
  private static final double DONE = 100;

  private Jobs() {}

  /// @param now in whole milliseconds
  static Job tell(Optional<Job> known, JobUpdate update, Instant now) {
    return known.map(job -> tell(job, update, now)).orElseGet(() -> begin(update, now));
  }

  /// What is new about a job that was told of.
  static Change changeTo(Job job) {
    return switch (job.status()) {
      case PENDING, RUNNING ->
          job.createdAt().equals(job.updatedAt()) ? Change.CREATED : Change.UPDATED;
      case COMPLETED -> Change.COMPLETED;
      case FAILED -> Change.FAILED;
      case CANCELLED -> Change.CANCELLED;
    };
  }

  /// When an update counts as made: later than the one before, whatever the clocks of nodes say.
  static Instant after(Optional<Job> known, Instant now) {
    Instant earliest = known.map(job -> job.updatedAt().plus(TICK)).orElse(now);
    return now.isBefore(earliest) ? earliest : now;
  }

  private static Job begin(JobUpdate update, Instant now) {
    return new Job(
        update.id(),
        update.status(),
        update.status() == JobStatus.COMPLETED ? DONE : update.progress().orElse(0.0),
        update.name(),
        update.owner(),
        update.error(),
        update.result(),
        now,
        now);
  }

  private static Job tell(Job job, JobUpdate update, Instant now) {
    return job.status().isFinal()
        ? job
        : new Job(
            job.id(),
            update.status(),
            progress(job, update),
            update.name().or(job::name),
            update.owner().or(job::owner),
            update.error().or(job::error),
            update.result().isNull() ? job.result() : update.result(),
            job.createdAt(),
            now);
  }

  /// A job that is pending again may begin anew.
  private static double progress(Job job, JobUpdate update) {
    double told = update.progress().orElse(job.progress());
    boolean restarted = update.status() == JobStatus.PENDING || job.status() == JobStatus.PENDING;
    return switch (update.status()) {
      case COMPLETED -> DONE;
      case PENDING, RUNNING -> restarted ? told : Math.max(job.progress(), told);
      case FAILED, CANCELLED -> Math.max(job.progress(), told);
    };
  }
}
