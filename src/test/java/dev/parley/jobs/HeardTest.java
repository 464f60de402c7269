package dev.parley.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HeardTest {
  private final Heard heard = new Heard();

  @Test
  void onlyWhatIsNewerThanBeforeIsNews() {
    assertThat(heard.news(List.of(job("a", 1), job("b", 1)))).hasSize(2);
    assertThat(heard.news(List.of(job("a", 1), job("b", 2)))).containsExactly(job("b", 2));
    assertThat(heard.news(List.of(job("a", 1), job("b", 1)))).isEmpty();
    assertThat(heard.news(List.of(job("a", 1), job("b", 2)))).isEmpty();
  }

  @Test
  void whatIsNotThereAnyMoreIsForgotten() {
    assertThat(heard.news(List.of(job("a", 1), job("b", 1)))).hasSize(2);
    assertThat(heard.news(List.of(job("a", 1)))).isEmpty();
    assertThat(heard.news(List.of(job("a", 1), job("b", 1)))).containsExactly(job("b", 1));
  }

  private static Job job(String id, long second) {
    return Jobs.tell(
        Optional.empty(), Updates.of(id, JobStatus.RUNNING), Instant.ofEpochSecond(second));
  }
}
