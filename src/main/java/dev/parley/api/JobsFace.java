package dev.parley.api;

import dev.parley.bus.Addresses;
import dev.parley.bus.PublicBus;
import dev.parley.protocol.Fields;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// The jobs of an application, as its users watch them.
///
/// A job exists from the first word about it and is forgotten `jobs.keep` (24 h) after the last.
/// Any node may be told; whoever watches gets at most four events a second of each job, and its end
/// without fail. Results come and fail as [Parley] says.
public final class JobsFace {
  private final PublicBus bus;

  JobsFace(PublicBus bus) {
    this.bus = bus;
  }

  /// Tells how a job stands. Stored when this completes.
  ///
  /// What the update leaves out stays as it was. Progress never goes back while the job runs, and
  /// is 100 when it is completed. **A finished job stays finished:** an update that comes later
  /// changes nothing, and is answered like any other; see [JobState#isFinished()] of the answer.
  ///
  /// @return the job as it is stored then: updates that come faster than they can be stored are
  ///   stored together
  public Future<JobState> update(JobReport report) {
    return bus.request(Addresses.UPDATE_JOB, report.toJson())
        .map(reply -> JobState.of(new Fields(reply)));
  }

  /// The job waits for its turn.
  public Future<JobState> pending(String jobId, String name) {
    return update(JobReport.pending(jobId).named(name));
  }

  /// It goes on.
  ///
  /// @param progress 0–100
  public Future<JobState> running(String jobId, double progress) {
    return update(JobReport.running(jobId, progress));
  }

  /// It is done.
  public Future<JobState> completed(String jobId) {
    return update(JobReport.completed(jobId));
  }

  /// It could not be done.
  public Future<JobState> failed(String jobId, String error) {
    return update(JobReport.failed(jobId, error));
  }

  /// It is not to be done any more.
  public Future<JobState> cancelled(String jobId) {
    return update(JobReport.cancelled(jobId));
  }

  /// The jobs that are not finished, the latest update first: at most 1,000, and 512 KiB.
  public Future<List<JobState>> active() {
    return list(new JsonObject());
  }

  /// The jobs with a status, in the same way.
  ///
  /// @param status `pending`, `running`, `completed`, `failed` or `cancelled`
  public Future<List<JobState>> with(String status) {
    return list(new JsonObject().put("status", status));
  }

  private Future<List<JobState>> list(JsonObject body) {
    return bus.request(Addresses.LIST_JOBS, body).map(JobState::allOf);
  }
}
