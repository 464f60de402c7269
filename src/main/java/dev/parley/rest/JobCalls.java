package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobJson;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.Reply;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// The REST calls about jobs (`aether.md`).
final class JobCalls {
  private static final String STATUSES = "pending, running, completed, failed or cancelled";
  private static final int MAX_NAME = 200;
  private static final int MAX_ERROR = 4_000;

  private final DomainCalls domains;

  JobCalls(DomainCalls domains) {
    this.domains = domains;
  }

  List<Call> calls() {
    return List.of(
        Call.get("/api/v1/jobs", Rights.USER, this::list),
        Call.post("/api/v1/jobs/:id", Rights.SERVICE, this::update));
  }

  private Future<Answer> list(Asked asked) {
    ListJobs command = new ListJobs(asked.query().word("status", JobStatus::parse, STATUSES));
    return domains
        .jobs(asked.caller(), command, Reply.Jobs.class)
        .map(
            found ->
                Answer.ok(
                    out -> {
                      out.array("jobs");
                      found.jobs().forEach(job -> write(out, job));
                      out.end();
                    }));
  }

  private static void write(JsonWriter out, Job job) {
    JobJson.write(out.object(), job);
    out.end();
  }

  private Future<Answer> update(Asked asked) {
    JobUpdate update = toUpdate(asked);
    return domains
        .job(asked.caller(), update.id(), new UpdateJob(update), Reply.JobKept.class)
        .map(kept -> Answer.ok(out -> JobJson.write(out, kept.job())));
  }

  private static JobUpdate toUpdate(Asked asked) {
    Fields in = asked.body();
    return new JobUpdate(
        JobId.parse(asked.path().text("id", Integer.MAX_VALUE))
            .orElseThrow(
                () -> Fields.wrong("id", "must be 1–128 of letters, digits and . _ - @ : | +")),
        JobStatus.parse(in.text("status", Integer.MAX_VALUE))
            .orElseThrow(() -> Fields.wrong("status", "must be " + STATUSES)),
        in.has("progress") ? Optional.of(progress(in)) : Optional.empty(),
        in.optionalText("name", MAX_NAME),
        in.optionalUser("owner"),
        in.optionalText("error", MAX_ERROR),
        in.value("result"));
  }

  private static double progress(Fields in) {
    double progress = in.decimal("progress");
    if (!(progress >= 0 && progress <= 100)) {
      throw Fields.wrong("progress", "must be from 0 to 100");
    }
    return progress;
  }
}
