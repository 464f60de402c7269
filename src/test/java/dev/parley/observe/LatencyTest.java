package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LatencyTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void percentilesAreRightToWithinSevenPercent() {
    for (int millis = 1; millis <= 1_000; millis++) {
      histogram.record(TimeUnit.MILLISECONDS.toNanos(millis));
    }
    Latency latency = histogram.toLatency();

    assertThat(latency.count()).isEqualTo(1_000);
    assertThat(latency.mean()).contains(Duration.ofNanos(500_500_000));
    assertNear(latency, 1, 10);
    assertNear(latency, 50, 500);
    assertNear(latency, 95, 950);
    assertNear(latency, 99, 990);
    assertNear(latency, 100, 1_000);
  }

  @Test
  void classesGrowAndMeetEverywhere() {
    for (int i = 1; i < LatencyHistogram.CLASSES; i++) {
      assertThat(LatencyHistogram.nanosOf(i)).isGreaterThan(LatencyHistogram.nanosOf(i - 1));
      assertThat(LatencyHistogram.classOf(LatencyHistogram.nanosOf(i) / 1_000)).isEqualTo(i);
    }
    assertThat(LatencyHistogram.classOf(-1)).isZero();
    assertThat(LatencyHistogram.classOf(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.CLASSES - 1);
  }

  @Test
  void whatNeverHappenedTookNoTime() {
    assertThat(Latency.NONE.mean()).isEmpty();
    assertThat(Latency.NONE.percentile(99)).isEmpty();
  }

  @Test
  void thoseOfTwoNodesCountTogether() {
    LatencyHistogram other = new LatencyHistogram();
    histogram.record(1_000);
    other.record(1_000);
    other.record(9_000_000);
    LatencyHistogram both = new LatencyHistogram();
    both.record(1_000);
    both.record(1_000);
    both.record(9_000_000);

    assertThat(histogram.toLatency().and(other.toLatency())).isEqualTo(both.toLatency());
  }

  @Test
  void classesThatDoNotExistAreRefused() {
    for (int wrong : new int[] {-1, LatencyHistogram.CLASSES}) {
      assertThatThrownBy(() -> new Latency(1, new TreeMap<>(Map.of(wrong, 1L))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertNear(Latency latency, double percent, double millis) {
    assertThat(latency.percentile(percent).orElseThrow().toNanos() / 1e6)
        .isCloseTo(millis, within(millis * 0.07));
  }
}
