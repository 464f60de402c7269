package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobFields;
import dev.parley.protocol.Reply.JobKept;
import dev.parley.protocol.Reply.Jobs;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// Takes in how jobs stand, and tells.
final class JobDesk {
  private final DomainCalls domains;

  JobDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> update(JsonObject body) {
    Fields in = Body.of(body, "job_id", "status", "progress", "name", "owner", "error", "result");
    UpdateJob command = new UpdateJob(JobFields.update(JobFields.id(in), in));
    return domains
        .job(Caller.SERVER, command.update().id(), command, JobKept.class)
        .map(Answers::of);
  }

  Future<JsonObject> list(JsonObject body) {
    Fields in = Body.of(body, "status");
    return domains
        .jobs(Caller.SERVER, new ListJobs(JobFields.optionalStatus(in)), Jobs.class)
        .map(Answers::of);
  }
}
