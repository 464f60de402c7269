package dev.parley.protocol;

import java.util.Optional;

/// About jobs.
public sealed interface JobCommand extends Command {
  /// Hears of all jobs from now on, or of one. Answered by [Reply.Jobs]: those that are not
  /// finished, or the one.
  record WatchJobs(Optional<JobId> job) implements JobCommand, Barrier {}

  /// Hears of them no more.
  record UnwatchJobs(Optional<JobId> job) implements JobCommand, Barrier {}

  /// Jobs with one status, or all that are not finished, the latest update first. Answered by
  /// [Reply.Jobs].
  record ListJobs(Optional<JobStatus> status) implements JobCommand {}

  /// Tells how a job stands; of an administrator or a service (role `service`). No dialect decodes
  /// to one. Answered by [Reply.JobKept]: the job as it is then. What is told of a finished job
  /// changes nothing.
  record UpdateJob(JobUpdate update) implements JobCommand {}
}
