package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog.Check;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Events of rooms that are older than `store.messages.keep` are trimmed by the store itself, with
/// its house-keeping. The store under test keeps them for [#KEPT].
public abstract class RetentionContract extends StoreContract {
  protected static final Duration KEPT = Duration.ofDays(365);

  private static final Duration NOTIFICATIONS_KEPT = Duration.ofDays(90);

  @Test
  void whatIsTooOldIsTrimmed() throws Exception {
    var stamps = stored(messages(ROOM, "a", "b")).stamps();
    keepHouse();
    fixture().pass(KEPT.plusHours(1));
    Position young = stored(messages(ROOM, "c")).last().position();
    keepHouse();
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("c");
    assertThat(check(Position.START)).isEqualTo(Check.TRIMMED);
    assertThat(check(stamps.getFirst().position())).isEqualTo(Check.TRIMMED);
    assertThat(check(stamps.getLast().position())).isEqualTo(Check.GOOD);
    assertThat(await(log().head(ROOM)).position()).isEqualTo(young);
  }

  @Test
  void whatIsYoungerIsKept() throws Exception {
    stored(messages(ROOM, "old"));
    keepHouse();
    fixture().pass(KEPT.dividedBy(2));
    stored(messages(ROOM, "young"));
    keepHouse();
    fixture().pass(KEPT.dividedBy(2).plusHours(1));
    keepHouse();
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("young");
    reopen();
    keepHouse();
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("young");
  }

  @Test
  void aRoomWhoseEventsAreAllTooOldGoesOn() throws Exception {
    Position last = stored(messages(ROOM, "a", "b")).last().position();
    keepHouse();
    fixture().pass(KEPT.plusHours(1));
    keepHouse();
    assertThat(await(log().read(ROOM, 0, 10))).isEmpty();
    assertThat(check(last)).isEqualTo(Check.GOOD);
    assertThat(stored(messages(ROOM, "c")).last().follows(last)).isTrue();
  }

  @Test
  void manyRoomsAreTrimmedInParts() throws Exception {
    for (int room = 0; room < 700; room++) {
      stored(messages(StreamId.of(new RoomName("r" + room)), "a", "b"));
    }
    stored(messages(OTHER, "x"));
    keepHouse();
    fixture().pass(KEPT.plusHours(1));
    keepHouse();
    for (int room = 0; room < 700; room += 99) {
      StreamId stream = StreamId.of(new RoomName("r" + room));
      assertThat(await(log().read(stream, 0, 10))).as("room %d", room).isEmpty();
    }
    assertThat(await(log().read(OTHER, 0, 10))).isEmpty();
  }

  @Test
  void inboxesAndNotificationsAreKeptForATimeOfTheirOwn() throws Exception {
    List<StreamId> streams =
        List.of(
            StreamId.of(new UserId("ada")),
            StreamId.NOTICES_FOR_ALL,
            StreamId.noticesFor("editor"));
    for (StreamId stream : streams) {
      stored(messages(stream, "a"));
    }
    stored(messages(ROOM, "r"));
    keepHouse();
    fixture().pass(NOTIFICATIONS_KEPT.dividedBy(2));
    for (StreamId stream : streams) {
      stored(messages(stream, "b"));
    }
    keepHouse();
    fixture().pass(NOTIFICATIONS_KEPT.dividedBy(2).plusHours(1));
    keepHouse();
    for (StreamId stream : streams) {
      assertThat(texts(await(log().read(stream, 0, 10)))).containsExactly("b");
    }
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("r");
  }

  @Test
  void whatBelongsToNobodyIsKept() throws Exception {
    StreamId other = new StreamId("other:ada");
    stored(messages(other, "a"));
    keepHouse();
    fixture().pass(KEPT.plusHours(1));
    keepHouse();
    assertThat(texts(await(log().read(other, 0, 10)))).containsExactly("a");
  }

  private void keepHouse() throws Exception {
    fixture().keepHouse(store());
  }

  private Check check(Position position) throws Exception {
    return await(log().check(ROOM, position));
  }
}
