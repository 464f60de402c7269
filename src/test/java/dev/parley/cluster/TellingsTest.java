package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.cluster.Tellings.Sight;
import dev.parley.cluster.Tellings.Turned;
import dev.parley.protocol.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the oldest node finds of what was told of one key.
final class TellingsTest {
  private static final NodeId SELF = new NodeId("self");
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId OTHER = new NodeId("other");
  private static final long SETTLE = 4;
  private static final long LATE = 11;
  private static final long KEEP = 24;
  private static final long WRONG = 100;

  private final Tellings tellings = new Tellings(SELF, SETTLE, LATE, KEEP, WRONG);
  private boolean said;
  private boolean current = true;
  private long completeTurn = Long.MAX_VALUE;

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
    tellings.note(late(ONE, Optional.of("x"), Optional.empty()), false, false);
    comes(OTHER, Told.THIS);
    assertThat(pass(LATE - 1)).isEmpty();
    assertThat(tellings.settle("k", true)).isEmpty();
    assertThat(pass(1)).containsExactly("k");
    assertThat(tellings.settle("k", true)).contains(new Untold(true, "x"));
  }

  @Test
  void whatIsHeardAfterTheOldestToldIsNotBeforeIt() {
    comes(ONE, Told.NOTHING);
    assertThat(settled()).contains(new Untold(true, "x"));
    goes(ONE, Told.THIS);
    comes(OTHER, Told.NOTHING);
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void untilItIsSettledWhatWasToldIsInDoubt() {
    assertThat(tellings.isInDoubt("k", true)).isFalse();
    said = true;
    comes(OTHER, Told.NOTHING);
    goes(ONE, Told.THIS);
    assertThat(tellings.isInDoubt("k", true)).isFalse();
    assertThat(tellings.isInDoubt("k", false)).isTrue();
    assertThat(settled()).contains(new Untold(true, "x"));
    assertThat(tellings.isInDoubt("k", false)).isFalse();
  }

  @Test
  void whatMayHaveBeenMissedIsToldAgainUnlessAllWereHeardSince() {
    completeTurn = 0;
    comes(ONE, Told.THIS);
    pass(KEEP + SETTLE + 1);
    tellings.doubt(SETTLE);
    assertThat(settled()).isEmpty();
    tellings.doubt(0);
    assertThat(settled()).contains(new Untold(true, "x"));

    completeTurn = Long.MAX_VALUE;
    pass(KEEP + SETTLE + 1);
    assertThat(tellings.size()).isZero();
  }

  @Test
  void whoKnowsThatSomethingIsMissingWaits() {
    current = false;
    goes(ONE, Told.NOTHING);
    said = false;
    assertThat(settled()).isEmpty();
    current = true;
    assertThat(settled()).contains(new Untold(false, "x"));
    current = false;
    comes(ONE, Told.NOTHING);
    assertThat(pass(WRONG)).isEmpty();
    assertThat(settled()).contains(new Untold(true, "x"));
  }

  @Test
  void whoMissedSomethingTellsAgainWhatItToldItself() {
    said = true;
    goes(SELF, Told.THIS);
    said = false;
    assertThat(tellings.turn(_ -> said, new Sight(false, true, completeTurn))).isEmpty();
    tellings.doubt(0);
    said = true;
    List<String> due = new ArrayList<>();
    for (int i = 0; i < SETTLE; i++) {
      due.addAll(tellings.turn(_ -> said, new Sight(false, true, completeTurn)));
    }
    assertThat(due).containsExactly("k");
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
      assertThat(tellings.turn(_ -> said, new Sight(false, true, completeTurn))).isEmpty();
    }
    tellings.lookAgain();
    assertThat(tellings.turn(_ -> said, new Sight(true, current, completeTurn)))
        .containsExactly("k");
    assertThat(tellings.settle("k", said)).contains(new Untold(false, "x"));
  }

  @Test
  void whatIsSettledIsForgotten() {
    comes(ONE, Told.THIS);
    pass(KEEP + 1);
    assertThat(tellings.size()).isZero();
    goes(ONE, Told.NOTHING);
    said = false;
    for (int i = 0; i <= WRONG; i++) {
      assertThat(tellings.turn(_ -> said, new Sight(false, true, completeTurn))).isEmpty();
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
    return new Turned(node, "k", before, value, told, false);
  }

  private static Turned late(NodeId node, Optional<String> before, Optional<String> value) {
    return new Turned(node, "k", before, value, Told.THIS, true);
  }

  /// What this node tells when nothing has changed for long enough.
  private Optional<Untold> settled() {
    List<String> due = pass(SETTLE);
    return due.isEmpty() ? Optional.empty() : tellings.settle(due.getFirst(), said);
  }

  @CanIgnoreReturnValue
  private List<String> pass(long turns) {
    List<String> due = new ArrayList<>();
    for (long i = 0; i < turns; i++) {
      due.addAll(tellings.turn(_ -> said, new Sight(true, current, completeTurn)));
    }
    return due;
  }
}
