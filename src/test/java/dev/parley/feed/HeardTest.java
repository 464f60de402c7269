package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import org.junit.jupiter.api.Test;

final class HeardTest {
  private final Heard heard = Heard.from("e", 1_000);

  @Test
  void eachIsNewOnceInWhateverOrder() {
    assertThat(heard.take(at(1_000))).isTrue();
    assertThat(heard.take(at(999))).isTrue();
    assertThat(heard.take(at(1_000))).isFalse();
    assertThat(heard.take(at(1_002))).isTrue();
    assertThat(heard.take(at(1_001))).isTrue();
  }

  @Test
  void aGapIsNoticed() {
    heard.reach(999);
    assertThat(heard.take(at(1_000))).isTrue();
    assertThat(heard.lacks(1_000)).isFalse();
    assertThat(heard.take(at(1_002))).isTrue();
    assertThat(heard.lacks(1_002)).isTrue();
    assertThat(heard.take(at(1_001))).isTrue();
    assertThat(heard.lacks(1_002)).isFalse();
    assertThat(heard.lacks(1_003)).isTrue();
  }

  @Test
  void whatIsBelowWhatWasReachedIsOld() {
    heard.reach(1_010);
    assertThat(heard.take(at(1_005))).isFalse();
    assertThat(heard.take(at(1_011))).isTrue();
    assertThat(heard.lacks(1_011)).isFalse();
  }

  @Test
  void anotherHistoryBeginsAnew() {
    heard.reach(1_010);
    assertThat(heard.take(new Position("f", 1_011))).isTrue();
    assertThat(heard.take(new Position("g", 900))).isTrue();
    assertThat(heard.take(new Position("g", 901))).isTrue();
    assertThat(heard.take(new Position("g", 900))).isFalse();
  }

  private static Position at(long seq) {
    return new Position("e", seq);
  }
}
