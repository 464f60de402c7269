package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void countsAnewAfterAReset() {
    long before = Mark.now();
    tally.count();
    tally.refused("old");
    tally.reset();
    tally.sent();
    Tally.Count count = tally.toCount();
    assertThat(count.counted()).isZero();
    assertThat(count.sent()).isEqualTo(1);
    assertThat(count.firstRefusal()).isEmpty();
    assertThat(tally.isMeasured(before)).isFalse();
    assertThat(tally.isMeasured(Mark.now())).isTrue();
  }

  @Test
  void oneInSixteenIsSampled() {
    int samples = 0;
    for (int i = 0; i < 1_600; i++) {
      tally.count();
      samples += tally.isSample() ? 1 : 0;
    }
    assertThat(samples).isEqualTo(100);
  }

  @Test
  void latenciesBeyondTheScaleAreKeptAtItsEnd() {
    tally.recordLatency(-5);
    tally.recordLatency(Long.MAX_VALUE);
    var latency = tally.toCount().latency();
    assertThat(latency.getTotalCount()).isEqualTo(2);
    assertThat(latency.getValueAtPercentile(100)).isBetween(119_000_000_000L, 121_000_000_000L);
  }

  @Test
  void countsOfSeveralLoopsAddUp() {
    tally.count();
    tally.lost(3);
    tally.recordLatency(1_000_000);
    Tally other = new Tally();
    other.count();
    other.refused("no");
    other.recordLatency(2_000_000);
    Tally.Count sum = tally.toCount().plus(other.toCount());
    assertThat(sum.counted()).isEqualTo(2);
    assertThat(sum.lost()).isEqualTo(3);
    assertThat(sum.refused()).isEqualTo(1);
    assertThat(sum.firstRefusal()).contains("no");
    assertThat(sum.latency().getTotalCount()).isEqualTo(2);
  }
}
