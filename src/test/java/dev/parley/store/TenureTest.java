package dev.parley.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Tenure.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TenureTest {
  private static final Duration LENGTH = Duration.ofSeconds(30);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Tenure ann = new Tenure("ann", LENGTH);
  private final Tenure bob = new Tenure("bob", LENGTH);

  @Test
  void whatIsNobodysIsTakenAtOnce() {
    assertThat(ann.next(0)).isEqualTo(new Step.Look());
    Step.Write write = ann.onSeen(Optional.empty(), 0).orElseThrow();
    assertThat(write.expectedVersion()).isZero();
    assertThat(ann.isHeld(0)).isFalse();
    ann.onWritten(write, 1, 0);
    assertThat(ann.isHeld(0)).isTrue();
    assertThat(ann.term(0)).hasValue(1);
  }

  @Test
  void theHolderStopsBeforeAnotherMayBegin() {
    StoredRecord record = take(ann, 0);
    assertThat(bob.onSeen(Optional.of(record), SECOND)).isEmpty();
    assertThat(ann.isHeld(24 * SECOND - 1)).isTrue();
    assertThat(ann.isHeld(24 * SECOND)).isFalse();
    assertThat(bob.onSeen(Optional.of(record), 31 * SECOND - 1)).isEmpty();
    Step.Write taken = bob.onSeen(Optional.of(record), 31 * SECOND).orElseThrow();
    assertThat(taken.holder().term()).isEqualTo(2);
    assertThat(taken.expectedVersion()).isEqualTo(1);
  }

  @Test
  void everyRenewalIsWaitedForAnew() {
    assertThat(bob.onSeen(Optional.of(take(ann, 0)), SECOND)).isEmpty();
    Step.Write renewal = (Step.Write) ann.next(10 * SECOND);
    ann.onWritten(renewal, 2, 10 * SECOND);
    StoredRecord renewed = record(renewal, 2);
    assertThat(bob.onSeen(Optional.of(renewed), 11 * SECOND)).isEmpty();
    assertThat(bob.onSeen(Optional.of(renewed), 40 * SECOND)).isEmpty();
    assertThat(bob.onSeen(Optional.of(renewed), 41 * SECOND)).isPresent();
  }

  @Test
  void whoStoodStillAsksLikeAStranger() {
    StoredRecord record = take(ann, 0);
    assertThat(ann.isHeld(100 * SECOND)).isFalse();
    assertThat(ann.next(100 * SECOND)).isEqualTo(new Step.Look());
    assertThat(ann.onSeen(Optional.of(record), 100 * SECOND)).isEmpty();
  }

  @Test
  void aRenewalWhoseAnswerWasLostIsFoundAgain() {
    StoredRecord _ = take(ann, 0);
    Step.Write lost = (Step.Write) ann.next(10 * SECOND);
    Step.Write again = (Step.Write) ann.next(20 * SECOND);
    Step.Write next = ann.onStale(again, Optional.of(record(lost, 2)), 21 * SECOND).orElseThrow();
    assertThat(next.expectedVersion()).isEqualTo(2);
    assertThat(ann.isHeld(21 * SECOND)).isTrue();
  }

  @Test
  void whoSeesAnotherLosesAtOnce() {
    StoredRecord _ = take(ann, 0);
    Step.Write renewal = (Step.Write) ann.next(10 * SECOND);
    StoredRecord others = new StoredRecord("holder", new Holder("bob", 2, LENGTH).toBytes(), 2, 0);
    assertThat(ann.onStale(renewal, Optional.of(others), 11 * SECOND)).isEmpty();
    assertThat(ann.isHeld(11 * SECOND)).isFalse();
  }

  @Test
  void whatIsGivenUpIsFree() {
    StoredRecord _ = take(ann, 0);
    Step.Write last = ann.giveUp(SECOND).orElseThrow();
    assertThat(ann.isHeld(SECOND)).isFalse();
    assertThat(ann.giveUp(SECOND)).isEmpty();
    assertThat(bob.onSeen(Optional.of(record(last, 2)), SECOND).orElseThrow().holder().term())
        .isEqualTo(2);
  }

  @Test
  void whatWasAskedInAnEarlierLifeDoesNotCount() {
    Step.Write write = ann.onSeen(Optional.empty(), 0).orElseThrow();
    ann.startOver();
    ann.onWritten(write, 1, 0);
    assertThat(ann.isHeld(0)).isFalse();
    assertThat(ann.onStale(write, Optional.empty(), 0)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsSomebodysForAWhile() {
    StoredRecord strange = new StoredRecord("holder", new byte[] {1, 2}, 7, 0);
    assertThat(ann.onSeen(Optional.of(strange), 0)).isEmpty();
    assertThat(ann.onSeen(Optional.of(strange), 30 * SECOND)).isPresent();
    byte[] newer = "{\"owner\":\"bob\",\"term\":3,\"millis\":5000,\"later\":[1]}".getBytes(UTF_8);
    assertThat(Holder.of(newer, LENGTH)).isEqualTo(new Holder("bob", 3, Duration.ofSeconds(5)));
  }

  @Test
  void neverTwoAtOnceWhateverIsLateOrLost() {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    Random random = new Random(seed);
    int taken = 0;
    for (int round = 0; round < 300; round++) {
      taken += new DutyGame(random, "round " + round + ", seed " + seed).play();
    }
    assertThat(taken).as("it changes hands, seed %d", seed).isGreaterThan(600);
  }

  private static StoredRecord take(Tenure tenure, long now) {
    Step.Write write = tenure.onSeen(Optional.empty(), now).orElseThrow();
    tenure.onWritten(write, 1, now);
    return record(write, 1);
  }

  private static StoredRecord record(Step.Write write, long version) {
    return new StoredRecord("holder", write.holder().toBytes(), version, 0);
  }
}
