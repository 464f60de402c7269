package dev.parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RhythmTest {
  private final Rhythm rhythm = new Rhythm(Duration.ofSeconds(5));

  @Test
  void nothingIsDueWhileNobodyWatches() {
    for (int second = 0; second < 60; second++) {
      assertThat(rhythm.isDue(false, at(second))).isFalse();
    }
  }

  @Test
  void theFirstIsDueAtOnceAndThenOneEveryInterval() {
    assertThat(rhythm.isDue(true, at(100))).isTrue();
    rhythm.onTold(at(100.3));
    assertThat(rhythm.isDue(true, at(104.9))).isFalse();
    assertThat(rhythm.isDue(true, at(105))).isTrue();
    rhythm.onTold(at(105.3));
    assertThat(rhythm.isDue(true, at(109.9))).isFalse();
    assertThat(rhythm.isDue(true, at(110))).isTrue();
  }

  @Test
  void whoIsAnsweredWaitsAWholeIntervalForTheNext() {
    rhythm.onWatch(at(100));
    assertThat(rhythm.isDue(true, at(100.1))).isFalse();
    assertThat(rhythm.isDue(true, at(105))).isTrue();
  }

  @Test
  void anotherWatcherChangesNothing() {
    assertThat(rhythm.isDue(true, at(100))).isTrue();
    rhythm.onTold(at(100));
    rhythm.onWatch(at(103));
    assertThat(rhythm.isDue(true, at(105))).isTrue();
  }

  @Test
  void itBeginsAnewAfterATimeWithoutWatchers() {
    assertThat(rhythm.isDue(true, at(100))).isTrue();
    rhythm.onTold(at(100));
    assertThat(rhythm.isDue(false, at(101))).isFalse();
    assertThat(rhythm.isDue(true, at(102))).isTrue();
  }

  @Test
  void whatWasLateIsNotMadeUpFor() {
    assertThat(rhythm.isDue(true, at(100))).isTrue();
    rhythm.onTold(at(117));
    assertThat(rhythm.isDue(true, at(121.9))).isFalse();
    assertThat(rhythm.isDue(true, at(122))).isTrue();
  }

  @Test
  void aSampleIsFreshForASecond() {
    assertThat(rhythm.isFresh(at(-1_000))).isFalse();
    rhythm.onSampled(at(-1_000));
    assertThat(rhythm.isFresh(at(-999.1))).isTrue();
    assertThat(rhythm.isFresh(at(-999))).isFalse();
  }

  private static long at(double seconds) {
    return (long) (seconds * 1e9);
  }
}
