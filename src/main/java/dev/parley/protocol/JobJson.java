package dev.parley.protocol;

import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.json.JsonWriter;

/// The JSON of a [Job] and of [JobEvent]s.
public final class JobJson {
  static final String UPDATED = "job.updated";

  private static final int ANY = Integer.MAX_VALUE;

  private JobJson() {}

  /// Writes the job's fields into the open object.
  public static void write(JsonWriter out, Job job) {
    out.text("job_id", job.id().value())
        .text("status", job.status().word())
        .number("progress", job.progress())
        .text("name", job.name())
        .text("owner", job.owner())
        .text("error", job.error());
    if (!job.result().isNull()) {
      out.value("result", job.result().raw());
    }
    out.time("created_at", job.createdAt()).time("updated_at", job.updatedAt());
  }

  /// Reads what [#write] wrote.
  public static Job read(Fields in) {
    return new Job(
        JobId.parse(in.text("job_id", ANY)).orElseThrow(() -> Fields.wrong("job_id", "is no id")),
        JobStatus.parse(in.text("status", ANY))
            .orElseThrow(() -> Fields.wrong("status", "is none of ours")),
        in.decimal("progress"),
        in.optionalText("name", ANY),
        in.optionalUser("owner"),
        in.optionalText("error", ANY),
        in.value("result"),
        in.time("created_at"),
        in.time("updated_at"));
  }

  static void write(JsonWriter out, JobEvent event) {
    switch (event) {
      case JobUpdated(var job, var change) ->
          write(out.text("type", UPDATED).text("change", change.word()), job);
    }
  }

  static JobUpdated updated(Fields in) {
    Change change = Change.parse(in.anyText("change", ANY)).orElse(Change.UPDATED);
    return new JobUpdated(read(in), change);
  }
}
