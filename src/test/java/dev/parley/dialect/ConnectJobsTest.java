package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Command;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UnwatchJobs;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Jobs in the words of `connect`.
final class ConnectJobsTest {
  private static final Dialect DIALECT = new ConnectDialect(DialectLimits.DEFAULTS, Samples.CLOCK);
  private static final String ROW =
      """
      {"job_id":"job789","status":"running","progress":45.5,"name":"Import",\
      "updated_at":"2025-01-31T09:08:08.060Z"}\
      """;

  @Test
  void everyCommandIsRead() {
    assertAsks("subscribe_job_updates", new WatchJobs(Optional.empty()));
    assertAsks("unsubscribe_job_updates", new UnwatchJobs(Optional.empty()));
    assertAsks("get_active_jobs", new ListJobs(Optional.empty()));
  }

  @Test
  void whoSubscribesGetsAllOfThemAndWhoAsksToo() {
    Reply jobs = new Reply.Jobs(List.of(Samples.job()), AT);
    assertThat(encode(new WatchJobs(Optional.empty()), jobs, JsonValue.NULL))
        .containsExactly(
            "{\"type\":\"job_updates\",\"jobs\":["
                + ROW
                + "],\"timestamp\":\"2025-01-31T09:08:07.060Z\"}");
    assertThat(encode(new ListJobs(Optional.empty()), jobs, JsonValue.NULL))
        .containsExactly("{\"type\":\"active_jobs\",\"jobs\":[" + ROW + "]}");
    assertThat(
            encode(new ListJobs(Optional.empty()), new Reply.Jobs(List.of(), AT), JsonValue.NULL))
        .containsExactly("{\"type\":\"active_jobs\",\"jobs\":[]}");
    assertThat(encode(new UnwatchJobs(Optional.empty()), Reply.DONE, JsonValue.NULL)).isEmpty();
  }

  @Test
  void aChangeBringsTheJob() {
    assertThat(texts(DIALECT.encode(live(new JobUpdated(Samples.job(), Change.UPDATED)))))
        .containsExactly(
            "{\"type\":\"job_updates\",\"jobs\":["
                + ROW
                + "],\"timestamp\":\"2025-01-31T09:08:08.060Z\"}");
  }

  @Test
  void aJobWithoutANameHasNone() {
    Job nameless =
        new Job(
            new JobId("j"),
            JobStatus.FAILED,
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.of("broken"),
            JsonValue.NULL,
            AT,
            AT);
    assertThat(texts(DIALECT.encode(live(new JobUpdated(nameless, Change.FAILED)))))
        .containsExactly(
            """
            {"type":"job_updates","jobs":[{"job_id":"j","status":"failed","progress":3,\
            "name":null,"updated_at":"2025-01-31T09:08:07.060Z"}],\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """);
  }

  private static void assertAsks(String type, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, "{\"type\":\"" + type + "\"}", command);
  }

  private static List<String> encode(Command command, Reply reply, JsonValue id) {
    return texts(DIALECT.encode(command, reply, id, ANNS_SESSION));
  }
}
