package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.cluster.Tellings.Turned;
import dev.parley.protocol.NodeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the oldest node finds of what was told of one key.
final class TellingsTest {
  private static final NodeId SELF = new NodeId("self");
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId OTHER = new NodeId("other");
  private static final long SETTLE = 4;
  private static final long KEEP = 24;
  private static final long WRONG = 100;

  private final Tellings tellings = new Tellings(SELF, SETTLE, KEEP, WRONG);
  private boolean said;

  @Test
  void whoComesAndGoesAtOneNodeIsTold() {
    comes(ONE, Told.THIS);
    assertThat(settled()).isEmpty();
    goes(ONE, Told.THIS);
    said = false;
    assertThat(settled()).isEmpty();
  }

  @Test
  void twoThatGoAtOnceTellNothing() {
    said = true;
    goes(ONE, Told.NOTHING);
    goes(OTHER, Told.NOTHING);
    said = false;
    assertThat(settled()).contains(new Untold(false, "x"));
    assertThat(settled()).isEmpty();
  }

  @Test
  void anEndIsToldThoughSomebodyCame() {
    said = true;
    comes(OTHER, Told.NOTHING);
    goes(ONE, Told.THIS);
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void whoTurnsBackWithinAnIntervalSaysTheSameAndToldTheOpposite() {
    said = true;
    tellings.note(turned(ONE, Optional.of("x"), Optional.of("x"), Told.OPPOSITE), false, false);
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void opposedTellingsMayBeHeardInAnyOrder() {
    comes(ONE, Told.THIS);
    comes(OTHER, Told.THIS);
    goes(ONE, Told.THIS);
    said = true;
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void whoMovesFromARowThatAllKnewIsToldInOrder() {
    said = true;
    goes(ONE, Told.THIS);
    comes(OTHER, Told.THIS);
    assertThat(settled()).isEmpty();
  }

  @Test
  void whereTellingsAreCollectedThereIsNoOrder() {
    said = true;
    goes(ONE, Told.THIS);
    comes(OTHER, Told.THIS);
    pass(10);
    assertThat(tellings.settle("k", true, 11, false)).isEmpty();
    pass(1);
    assertThat(tellings.settle("k", true, 11, false)).contains(new Untold(true, "x"));
  }

  @Test
  void aRowThatComesLateIsHeldAgainstWhatWasToldMeanwhile() {
    said = true;
    goes(ONE, Told.NOTHING);
    said = false;
    assertThat(settled()).contains(new Untold(false, "x"));
    pass(KEEP - 1);
    comes(OTHER, Told.THIS);
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void whatWasReadIsToldAgain() {
    comes(ONE, Told.UNKNOWN);
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void whoeverBecomesOldestTellsWhatTheOldestOughtToHaveTold() {
    goes(ONE, Told.NOTHING);
    for (int i = 0; i < WRONG - 1; i++) {
      assertThat(tellings.turn(_ -> said, false)).isEmpty();
    }
    tellings.lookAgain();
    assertThat(tellings.turn(_ -> said, true)).containsExactly("k");
    assertThat(tellings.settle("k", said, 0, true)).contains(new Untold(false, "x"));
  }

  @Test
  void whatIsSettledIsForgotten() {
    comes(ONE, Told.THIS);
    pass(KEEP + 1);
    assertThat(tellings.size()).isZero();
    goes(ONE, Told.NOTHING);
    said = false;
    for (int i = 0; i <= WRONG; i++) {
      assertThat(tellings.turn(_ -> said, false)).isEmpty();
    }
    assertThat(tellings.size()).isZero();
  }

  private void comes(NodeId node, Told told) {
    tellings.note(turned(node, Optional.empty(), Optional.of("x"), told), said, false);
    said = true;
  }

  private void goes(NodeId node, Told told) {
    tellings.note(turned(node, Optional.of("x"), Optional.empty(), told), said, false);
  }

  private static Turned turned(
      NodeId node, Optional<String> before, Optional<String> value, Told told) {
    return new Turned(node, "k", before, value, told);
  }

  /// What this node tells when nothing has changed for long enough.
  private Optional<Untold> settled() {
    List<String> due = pass(SETTLE);
    return due.isEmpty() ? Optional.empty() : tellings.settle(due.getFirst(), said, 0, true);
  }

  @CanIgnoreReturnValue
  private List<String> pass(long turns) {
    List<String> due = List.of();
    for (long i = 0; i < turns; i++) {
      due = tellings.turn(_ -> said, true);
    }
    return due;
  }
}
