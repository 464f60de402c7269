package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PartitionRoundTest {
  @Test
  void eachPartitionHasItsTurnOnceInEachRound() {
    for (int partitions : new int[] {1, 2, 7, 64}) {
      for (long millis : new long[] {1, 20, 50, 500, 1_000, 60_000}) {
        PartitionRound round = new PartitionRound(partitions, Duration.ofMillis(millis));
        for (int number = 1; number <= 3; number++) {
          int expected = 0;
          while (expected < partitions) {
            for (int partition : round.next().toArray()) {
              assertThat(partition).isEqualTo(expected++);
            }
            assertThat(round.number()).isEqualTo(number);
          }
        }
      }
    }
  }

  @Test
  void aRoundTakesAboutThePeriod() {
    assertThat(steps(64, 1_000)).isEqualTo(64);
    assertThat(new PartitionRound(64, Duration.ofSeconds(1)).stepMillis()).isEqualTo(15);
    assertThat(steps(1, 1_000)).isEqualTo(1);
    assertThat(new PartitionRound(1, Duration.ofSeconds(1)).stepMillis()).isEqualTo(1_000);
  }

  @Test
  void aShortPeriodHasFewParts() {
    assertThat(steps(64, 50)).isEqualTo(3);
    assertThat(steps(64, 5)).isEqualTo(1);
  }

  /// How many parts there are.
  private static int steps(int partitions, long millis) {
    PartitionRound round = new PartitionRound(partitions, Duration.ofMillis(millis));
    int steps = 0;
    for (int seen = 0; seen < partitions; steps++) {
      seen += (int) round.next().count();
    }
    return steps;
  }
}
