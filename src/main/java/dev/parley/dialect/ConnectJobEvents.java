package dev.parley.dialect;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.Command;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.Reply;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// What clients of `connect` hear of jobs (`connect.md`).
final class ConnectJobEvents {
  private ConnectJobEvents() {}

  static List<OutFrame> encode(JobEvent event) {
    return switch (event) {
      case JobUpdated(var job, _) ->
          FrameEncoder.TEXT.one(
              out ->
                  write(out.text("type", "job_updates"), List.of(job))
                      .time("timestamp", job.updatedAt()));
    };
  }

  /// Who asked once gets no time with it.
  static void write(JsonWriter out, Command command, Reply.Jobs jobs) {
    if (command instanceof ListJobs) {
      write(out.text("type", "active_jobs"), jobs.jobs());
    } else {
      write(out.text("type", "job_updates"), jobs.jobs()).time("timestamp", jobs.at());
    }
  }

  @CanIgnoreReturnValue
  private static JsonWriter write(JsonWriter out, List<Job> jobs) {
    out.array("jobs");
    jobs.forEach(job -> write(out.object(), job));
    return out.end();
  }

  private static void write(JsonWriter out, Job job) {
    out.text("job_id", job.id().value())
        .text("status", job.status().word())
        .number("progress", job.progress())
        .value("name", job.name().orElse(null))
        .time("updated_at", job.updatedAt())
        .end();
  }
}
