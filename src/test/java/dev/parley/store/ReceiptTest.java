package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import dev.parley.store.Receipt.Stretch;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  @Test
  void whatFollowsDirectlyRaisesTheMark() {
    Receipt receipt = Receipt.NONE.with(0, at(3)).with(3, at(5)).with(2, at(4));
    assertThat(receipt).isEqualTo(new Receipt("e", 5, List.of()));
  }

  @Test
  void whatLiesBeyondAGapIsKeptApartUntilTheGapIsClosed() {
    Receipt gap = Receipt.NONE.with(5, at(7)).with(9, at(10));
    assertThat(gap).isEqualTo(new Receipt("e", 0, List.of(new Stretch(5, 7), new Stretch(9, 10))));
    assertThat(gap.covers(6)).isTrue();
    assertThat(gap.covers(5)).isFalse();
    assertThat(gap.covers(8)).isFalse();
    assertThat(gap.last()).isEqualTo(at(10));
    assertThat(gap.with(0, at(9))).isEqualTo(new Receipt("e", 10, List.of()));
  }

  @Test
  void anEmptyStretchChangesNothing() {
    Receipt receipt = Receipt.NONE.with(0, at(3));
    assertThat(receipt.with(3, at(3))).isEqualTo(receipt);
    assertThat(receipt.with(7, at(5))).isEqualTo(receipt);
  }

  @Test
  void itIsTheSameWhenItIsReadAgain() {
    Receipt receipt = Receipt.NONE.with(0, at(3)).with(5, at(7)).with(9, new Position("f", 12));
    assertThat(receipt.epoch()).isEqualTo("f");
    assertThat(Receipt.read(receipt.toBytes())).isEqualTo(receipt);
  }

  @Test
  void itKnowsExactlyWhatItWasTold() {
    Random random = new Random(7);
    for (int game = 0; game < 500; game++) {
      Receipt receipt = Receipt.NONE;
      Set<Long> told = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        long after = random.nextInt(60);
        long upTo = after + random.nextInt(8);
        receipt = receipt.with(after, at(upTo));
        for (long seq = after + 1; seq <= upTo; seq++) {
          told.add(seq);
        }
      }
      for (long seq = 1; seq < 70; seq++) {
        assertThat(receipt.covers(seq)).as("%d of %s", seq, receipt).isEqualTo(told.contains(seq));
      }
    }
  }

  @Test
  void ofVeryManyStretchesTheOldestAreForgotten() {
    Receipt receipt = Receipt.NONE;
    for (int i = 1; i <= 100; i++) {
      receipt = receipt.with(10L * i, at(10L * i + 1));
    }
    assertThat(receipt.beyond()).hasSize(64);
    assertThat(receipt.covers(11)).isFalse();
    assertThat(receipt.covers(1001)).isTrue();
  }

  private static Position at(long seq) {
    return new Position("e", seq);
  }
}
