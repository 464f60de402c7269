package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.reaction;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import dev.parley.store.Append.Revision;
import dev.parley.store.EventLog.Check;
import org.junit.jupiter.api.Test;

/// What [EventLog#check] and [EventLog#trim] promise, and that lost history is always noticed.
public abstract class PositionsContract extends StoreContract {

  @Test
  void theStartOfAnUntrimmedStreamIsGood() throws Exception {
    assertThat(check(Position.START)).isEqualTo(Check.GOOD);
    stored(messages(ROOM, "a"));
    assertThat(check(Position.START)).isEqualTo(Check.GOOD);
  }

  @Test
  void everyPositionGivenOutIsGood() throws Exception {
    Position first = stored(messages(ROOM, "a")).last().position();
    Position second = stored(messages(ROOM, "b")).last().position();
    assertThat(check(first)).isEqualTo(Check.GOOD);
    assertThat(check(second)).isEqualTo(Check.GOOD);
  }

  @Test
  void aPositionOutlivesManyLives() throws Exception {
    Position first = stored(messages(ROOM, "a")).last().position();
    for (int life = 0; life < 5; life++) {
      reopen();
      Position next = stored(messages(ROOM, "b")).last().position();
      assertThat(next.epoch()).isNotEqualTo(first.epoch());
      assertThat(check(first)).isEqualTo(Check.GOOD);
      assertThat(check(next)).isEqualTo(Check.GOOD);
    }
  }

  @Test
  void aLifeWithoutAppendsOpensNoStretch() throws Exception {
    Position first = stored(messages(ROOM, "a")).last().position();
    reopen();
    assertThat(await(log().head(ROOM)).position()).isEqualTo(first);
  }

  @Test
  void aPositionOfAnotherEpochOrAheadIsLost() throws Exception {
    Position first = stored(messages(ROOM, "a", "b")).stamps().getFirst().position();
    Position other = stored(messages(OTHER, "a")).last().position();
    assertThat(check(new Position(other.epoch(), 1))).isEqualTo(Check.LOST);
    assertThat(check(new Position("", 1))).isEqualTo(Check.LOST);
    assertThat(check(new Position(first.epoch(), 3))).isEqualTo(Check.LOST);
    assertThat(check(new Position(first.epoch(), 0))).isEqualTo(Check.LOST);
  }

  @Test
  void aPositionInTheWrongStretchIsLost() throws Exception {
    Position first = stored(messages(ROOM, "a", "b")).last().position();
    reopen();
    Position second = stored(messages(ROOM, "c", "d")).last().position();
    assertThat(check(new Position(first.epoch(), 3))).isEqualTo(Check.LOST);
    assertThat(check(new Position(second.epoch(), 2))).isEqualTo(Check.LOST);
  }

  @Test
  void whatTheRestoredCopyDoesNotHoldIsLost() throws Exception {
    Position kept = stored(messages(ROOM, "a")).last().position();
    StoreFixture.Saved saved = fixture().save(store());
    Position lost = stored(messages(ROOM, "b")).last().position();
    restore(saved);
    assertThat(check(kept)).isEqualTo(Check.GOOD);
    assertThat(check(lost)).isEqualTo(Check.LOST);
    Position instead = stored(messages(ROOM, "B")).last().position();
    assertThat(instead.seq()).isEqualTo(lost.seq());
    assertThat(check(lost)).isEqualTo(Check.LOST);
    assertThat(check(kept)).isEqualTo(Check.GOOD);
    assertThat(check(instead)).isEqualTo(Check.GOOD);
  }

  @Test
  void twoHistoriesOfOneCopyAreToldApart() throws Exception {
    stored(messages(ROOM, "a"));
    StoreFixture.Saved saved = fixture().save(store());
    restore(saved);
    Position one = stored(messages(ROOM, "b")).last().position();
    restore(saved);
    Position two = stored(messages(ROOM, "B")).last().position();
    assertThat(check(one)).isEqualTo(Check.LOST);
    assertThat(check(two)).isEqualTo(Check.GOOD);
  }

  @Test
  void allPositionsOfAnEmptiedStoreAreLost() throws Exception {
    Position old = stored(messages(ROOM, "a")).last().position();
    empty();
    assertThat(check(old)).isEqualTo(Check.LOST);
    stored(messages(ROOM, "A", "B"));
    assertThat(check(old)).isEqualTo(Check.LOST);
    assertThat(check(Position.START)).isEqualTo(Check.GOOD);
  }

  @Test
  void sixtyFourStretchesAreKnown() throws Exception {
    Position first = stored(messages(ROOM, "0")).last().position();
    Position second = Position.START;
    for (int life = 1; life < 64; life++) {
      reopen();
      Position next = stored(messages(ROOM, "" + life)).last().position();
      second = life == 1 ? next : second;
    }
    assertThat(check(first)).isEqualTo(Check.GOOD);
    reopen();
    stored(messages(ROOM, "64"));
    assertThat(check(first)).isEqualTo(Check.TRIMMED);
    assertThat(check(second)).isEqualTo(Check.GOOD);
    assertThat(check(Position.START)).isEqualTo(Check.GOOD);
    assertThat(texts(await(log().read(ROOM, 0, 2)))).containsExactly("0", "1");
  }

  @Test
  void whatIsTrimmedIsGone() throws Exception {
    stored(messages(ROOM, "a", "b", "c", "d"));
    await(log().trim(ROOM, 2));
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("c", "d");
    assertThat(texts(await(log().readCountedAfter(ROOM, 0, 10)))).containsExactly("c", "d");
    assertThat(texts(await(log().readCountedBefore(ROOM, 9, 10)))).containsExactly("d", "c");
    reopen();
    assertThat(texts(await(log().read(ROOM, 1, 10)))).containsExactly("c", "d");
  }

  @Test
  void positionsBeforeWhatIsTrimmedAreTrimmed() throws Exception {
    var stamps = stored(messages(ROOM, "a", "b", "c")).stamps();
    await(log().trim(ROOM, 2));
    assertThat(check(Position.START)).isEqualTo(Check.TRIMMED);
    assertThat(check(stamps.get(0).position())).isEqualTo(Check.TRIMMED);
    assertThat(check(stamps.get(1).position())).isEqualTo(Check.GOOD);
    assertThat(check(stamps.get(2).position())).isEqualTo(Check.GOOD);
    assertThat(check(new Position("none", 1))).isEqualTo(Check.LOST);
  }

  @Test
  void aTrimmedStreamGoesOn() throws Exception {
    Position last = stored(messages(ROOM, "a", "b")).last().position();
    await(log().trim(ROOM, 99));
    assertThat(await(log().read(ROOM, 0, 10))).isEmpty();
    assertThat(check(last)).isEqualTo(Check.GOOD);
    assertThat(await(log().head(ROOM)).position()).isEqualTo(last);
    reopen();
    var stamp = stored(messages(ROOM, "c")).last();
    assertThat(stamp.follows(last)).isTrue();
    assertThat(stamp.number()).isEqualTo(3);
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("c");
  }

  @Test
  void trimmingIsNeverTakenBack() throws Exception {
    stored(messages(ROOM, "a", "b", "c"));
    await(log().trim(ROOM, 2));
    await(log().trim(ROOM, 1));
    await(log().trim(ROOM, 0));
    await(log().trim(OTHER, 5));
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("c");
  }

  @Test
  void aRevisedEventKeepsItsPosition() throws Exception {
    Position first = stored(messages(ROOM, "a")).last().position();
    reopen();
    stored(
        append(ROOM, reaction("edit"))
            .withRevisions(java.util.List.of(new Revision(1, 0, bytes("A")))));
    assertThat(check(first)).isEqualTo(Check.GOOD);
    assertThat(await(log().read(ROOM, 0, 1)).getFirst().stamp().position()).isEqualTo(first);
  }

  @Test
  void noWrongPositionIsAcceptedAndNoGoodOneRefused() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    int rounds = Integer.getInteger("parley.test.positions.rounds", 120);
    new PositionsGame(this, seed).play(rounds);
  }

  final Check check(Position position) throws Exception {
    return await(log().check(ROOM, position));
  }
}
