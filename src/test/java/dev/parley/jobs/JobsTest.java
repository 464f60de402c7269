package dev.parley.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobsTest {
  private static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");

  @Test
  void theFirstWordMakesAJob() {
    Job job = Jobs.tell(Optional.empty(), Updates.of("j", JobStatus.RUNNING, 12.5), AT);
    assertThat(job.progress()).isEqualTo(12.5);
    assertThat(job.createdAt()).isEqualTo(AT).isEqualTo(job.updatedAt());
    assertThat(Jobs.changeTo(job)).isEqualTo(Change.CREATED);
    assertThat(Jobs.changeTo(tell(job, Updates.of("j", JobStatus.RUNNING))))
        .isEqualTo(Change.UPDATED);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 50, RUNNING, 40, 50",
    "RUNNING, 50, RUNNING, 60, 60",
    "RUNNING, 50, COMPLETED, 10, 100",
    "RUNNING, 50, FAILED, 10, 50",
    "RUNNING, 50, CANCELLED, 70, 70",
    "RUNNING, 50, PENDING, 0, 0",
    "PENDING, 50, RUNNING, 5, 5",
  })
  void progressNeverGoesBackWhileTheJobRuns(
      JobStatus before, double had, JobStatus after, double told, double has) {
    Job job = Jobs.tell(Optional.empty(), Updates.of("j", before, had), AT);
    assertThat(tell(job, Updates.of("j", after, told)).progress()).isEqualTo(has);
  }

  @Test
  void whatIsLeftOutStays() {
    JobUpdate all =
        new JobUpdate(
            new JobId("j"),
            JobStatus.RUNNING,
            Optional.of(5.0),
            Optional.of("Import"),
            Optional.of(new UserId("ann")),
            Optional.of("once"),
            new JsonValue("so far"));
    Job job = Jobs.tell(Optional.empty(), all, AT);
    Job later = tell(job, Updates.of("j", JobStatus.RUNNING));
    assertThat(later).usingRecursiveComparison().ignoringFields("updatedAt").isEqualTo(job);
    assertThat(later.updatedAt()).isAfter(AT);
  }

  @Test
  void aFinishedJobStaysAsItIs() {
    for (JobStatus end : JobStatus.values()) {
      Job job = Jobs.tell(Optional.empty(), Updates.of("j", end, 30), AT);
      for (JobStatus after : JobStatus.values()) {
        Job told = tell(job, Updates.of("j", after, 90));
        assertThat(told.equals(job)).isEqualTo(end.isFinal());
      }
    }
  }

  @Test
  void eachUpdateIsLaterThanTheOneBeforeWhateverTheClockSays() {
    Job job = Jobs.tell(Optional.empty(), Updates.of("j", JobStatus.RUNNING), AT);
    assertThat(Jobs.after(Optional.of(job), AT.minusSeconds(5))).isEqualTo(AT.plusMillis(1));
    assertThat(Jobs.after(Optional.of(job), AT)).isEqualTo(AT.plusMillis(1));
    assertThat(Jobs.after(Optional.of(job), AT.plusSeconds(5))).isEqualTo(AT.plusSeconds(5));
    assertThat(Jobs.after(Optional.empty(), AT)).isEqualTo(AT);
  }

  private static Job tell(Job job, JobUpdate update) {
    return Jobs.tell(Optional.of(job), update, AT.plusSeconds(1));
  }
}
