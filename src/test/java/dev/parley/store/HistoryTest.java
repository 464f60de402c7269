package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import dev.parley.store.EventLog.Check;
import dev.parley.store.EventLog.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final History HISTORY =
      new History(10, 7, 0, List.of(new Stretch(1, "a"), new Stretch(4, "b"), new Stretch(9, "c")));

  @Test
  void eachEventBearsTheEpochOfItsStretch() {
    assertThat(HISTORY.stamp(3, 0).position()).isEqualTo(new Position("a", 3));
    assertThat(HISTORY.stamp(4, 0).position()).isEqualTo(new Position("b", 4));
    assertThat(HISTORY.stamp(10, 0).position()).isEqualTo(new Position("c", 10));
    assertThat(HISTORY.head()).isEqualTo(new Head(new Position("c", 10), 7));
  }

  @Test
  void aStampKnowsTheEpochBeforeIt() {
    assertThat(HISTORY.stamp(1, 0).follows(Position.START)).isTrue();
    assertThat(HISTORY.stamp(4, 0).previousEpoch()).isEqualTo("a");
    assertThat(HISTORY.stamp(5, 0).previousEpoch()).isEqualTo("b");
  }

  @Test
  void aPositionIsGoodInItsStretchOnly() {
    for (long seq = 1; seq <= 10; seq++) {
      for (String epoch : List.of("a", "b", "c", "d", "")) {
        boolean right = HISTORY.stamp(seq, 0).position().epoch().equals(epoch);
        assertThat(HISTORY.check(new Position(epoch, seq)))
            .isEqualTo(right ? Check.GOOD : Check.LOST);
      }
    }
    assertThat(HISTORY.check(new Position("c", 11))).isEqualTo(Check.LOST);
  }

  @Test
  void theStartIsGoodWhileNothingIsTrimmed() {
    assertThat(History.NONE.check(Position.START)).isEqualTo(Check.GOOD);
    assertThat(HISTORY.check(Position.START)).isEqualTo(Check.GOOD);
    assertThat(trimmedTo(1).check(Position.START)).isEqualTo(Check.TRIMMED);
    assertThat(HISTORY.check(new Position("a", 0))).isEqualTo(Check.LOST);
  }

  @Test
  void whatFollowsAPositionMustStillBeThere() {
    assertThat(trimmedTo(5).check(new Position("b", 4))).isEqualTo(Check.TRIMMED);
    assertThat(trimmedTo(5).check(new Position("b", 5))).isEqualTo(Check.GOOD);
    assertThat(trimmedTo(10).check(new Position("c", 10))).isEqualTo(Check.GOOD);
  }

  @Test
  void beforeTheFirstKnownStretchAllCountsAsTrimmed() {
    var history = new History(10, 7, 0, HISTORY.stretches().subList(1, 3));
    assertThat(history.check(new Position("a", 3))).isEqualTo(Check.TRIMMED);
    assertThat(history.check(new Position("b", 4))).isEqualTo(Check.GOOD);
    assertThat(history.stamp(3, 0).position().epoch()).isEmpty();
  }

  private static History trimmedTo(long seq) {
    return new History(10, 7, seq, HISTORY.stretches());
  }
}
