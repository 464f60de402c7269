package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notifications.Ranges.Range;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RangesTest {
  @Test
  void whatTouchesIsOne() {
    Ranges ranges = Ranges.NONE.with(3, 3).with(7, 9).with(4, 6);
    assertThat(ranges.ranges()).containsExactly(new Range(3, 9));
  }

  @Test
  void aMarkSwallowsWhatLiesBelow() {
    Ranges ranges = Ranges.NONE.with(3, 3).with(7, 7).with(1, 8).with(20, 20);
    assertThat(ranges.ranges()).containsExactly(new Range(1, 8), new Range(20, 20));
    assertThat(ranges.hasAllUpTo(8)).isTrue();
    assertThat(ranges.hasAllUpTo(9)).isFalse();
  }

  @Test
  void itIsASetOfNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Ranges ranges = Ranges.NONE;
      TreeSet<Long> model = new TreeSet<>();
      for (int i = 0; i < 30; i++) {
        long first = 1L + random.nextInt(60);
        long last = first + random.nextInt(4) - 1;
        ranges = ranges.with(first, last);
        for (long each = first; each <= last; each++) {
          model.add(each);
        }
      }
      Ranges read = Ranges.of(ranges.toJson());
      for (long each = 0; each <= 65; each++) {
        assertThat(read.contains(each)).as("seed %d", seed).isEqualTo(model.contains(each));
        assertThat(read.countWithin(each, 40))
            .as("seed %d", seed)
            .isEqualTo(each > 40 ? 0 : model.subSet(each, true, 40L, true).size());
      }
    }
  }

  @Test
  void ofTooManyGapsTheLowestIsClosed() {
    Ranges ranges = Ranges.NONE;
    for (long i = 1; i <= Ranges.MAX_RANGES + 1; i++) {
      ranges = ranges.with(2 * i, 2 * i);
    }
    assertThat(ranges.ranges()).hasSize(Ranges.MAX_RANGES);
    assertThat(ranges.ranges().getFirst()).isEqualTo(new Range(2, 4));
    assertThat(ranges.ranges().getLast().last()).isEqualTo(2 * (Ranges.MAX_RANGES + 1));
  }
}
