package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.reaction;
import static dev.parley.store.Samples.seqs;
import static dev.parley.store.Samples.text;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog.Head;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The order that [EventLog#append] promises, and how streams are read.
public abstract class EventLogContract extends StoreContract {

  @Test
  void seqRunsFromOneWithoutGaps() throws Exception {
    assertThat(stored(messages(ROOM, "a")).last().seq()).isEqualTo(1);
    assertThat(stored(messages(ROOM, "b", "c")).stamps())
        .extracting(Stamp::seq)
        .containsExactly(2L, 3L);
    assertThat(stored(messages(ROOM, "d")).last().seq()).isEqualTo(4);
  }

  @Test
  void whatWasAppendedIsRead() throws Exception {
    Appended appended = stored(append(ROOM, message("a"), reaction("b")));
    List<StoredEvent> events = await(log().read(ROOM, 0, 10));
    assertThat(texts(events)).containsExactly("a", "b");
    assertThat(events).extracting(StoredEvent::stamp).isEqualTo(appended.stamps());
    assertThat(events).extracting(StoredEvent::counted).containsExactly(true, false);
    assertThat(events).extracting(StoredEvent::revision).containsExactly(0, 0);
  }

  @Test
  void streamsDoNotMeet() throws Exception {
    stored(messages(ROOM, "a", "b"));
    assertThat(stored(messages(OTHER, "c")).last().seq()).isEqualTo(1);
    assertThat(texts(await(log().read(ROOM, 0, 10)))).containsExactly("a", "b");
    assertThat(texts(await(log().read(OTHER, 0, 10)))).containsExactly("c");
  }

  @Test
  void onlyCountedEventsAreNumbered() throws Exception {
    Appended appended =
        stored(append(ROOM, reaction("a"), message("b"), reaction("c"), message("d")));
    assertThat(appended.stamps()).extracting(Stamp::number).containsExactly(0L, 1L, 1L, 2L);
    assertThat(stored(messages(ROOM, "e")).last().number()).isEqualTo(3);
    assertThat(await(log().head(ROOM)).number()).isEqualTo(3);
  }

  @Test
  void eachEventFollowsTheOneBefore() throws Exception {
    stored(messages(ROOM, "a", "b"));
    reopen();
    stored(messages(ROOM, "c"));
    reopen();
    Appended last = stored(messages(ROOM, "d", "e"));
    List<StoredEvent> events = await(log().read(ROOM, 0, 10));
    Position position = Position.START;
    for (StoredEvent event : events) {
      assertThat(event.stamp().follows(position))
          .as("%s after %s", event.stamp(), position)
          .isTrue();
      position = event.stamp().position();
    }
    assertThat(position).isEqualTo(last.last().position());
    assertThat(events.stream().map(event -> event.stamp().position().epoch()).distinct())
        .hasSize(3);
  }

  @Test
  void appendsMadeInAnOrderAreStoredInIt() throws Exception {
    List<String> texts = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
    var appends = texts.stream().map(text -> log().append(messages(ROOM, text))).toList();
    await(Future.all(appends));
    assertThat(texts(readAll())).isEqualTo(texts);
  }

  @Test
  void concurrentAppendersLeaveNoGapAndKeepTheirOwnOrder() throws Exception {
    int writers = 8;
    int each = 300;
    try (var executor = Executors.newFixedThreadPool(writers)) {
      var jobs = new ArrayList<Callable<Void>>();
      IntStream.range(0, writers).forEach(w -> jobs.add(() -> appendInTwos("w" + w, each)));
      for (var job : executor.invokeAll(jobs)) {
        job.get();
      }
    }
    List<StoredEvent> events = readAll();
    assertThat(seqs(events))
        .isEqualTo(LongStream.rangeClosed(1, 2L * writers * each).boxed().toList());
    for (int w = 0; w < writers; w++) {
      String prefix = "w" + w + ":";
      assertThat(texts(events).stream().filter(text -> text.startsWith(prefix)))
          .isEqualTo(IntStream.range(0, 2 * each).mapToObj(i -> prefix + i).toList());
    }
    for (int i = 0; i < events.size(); i += 2) {
      assertThat(writerOf(events.get(i + 1)))
          .as("an append stays together")
          .isEqualTo(writerOf(events.get(i)));
    }
  }

  private static String writerOf(StoredEvent event) {
    String text = text(event.payload());
    return text.substring(0, text.indexOf(':'));
  }

  private Void appendInTwos(String writer, int appends) throws Exception {
    var futures = new ArrayList<Future<?>>();
    for (int i = 0; i < appends; i++) {
      futures.add(log().append(messages(ROOM, writer + ":" + 2 * i, writer + ":" + (2 * i + 1))));
    }
    await(Future.all(futures));
    return null;
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() throws Exception {
    stored(messages(ROOM, "a", "b").withPuts(List.of(RecordPut.of("k", bytes("v")))));
    List<StoredEvent> before = await(log().read(ROOM, 0, 10));
    Head head = await(log().head(ROOM));
    reopen();
    assertThat(await(log().read(ROOM, 0, 10))).usingRecursiveComparison().isEqualTo(before);
    assertThat(await(log().head(ROOM))).isEqualTo(head);
    assertThat(text(await(records().get(ROOM, "k")).orElseThrow().value())).isEqualTo("v");
  }

  @Test
  void aPageIsFullUnlessTheStreamEnds() throws Exception {
    fill(1_005);
    assertThat(seqs(await(log().read(ROOM, 0, 1_000))))
        .isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(seqs(await(log().read(ROOM, 1_000, 1_000))))
        .containsExactly(1_001L, 1_002L, 1_003L, 1_004L, 1_005L);
    assertThat(seqs(await(log().read(ROOM, 3, 2)))).containsExactly(4L, 5L);
    assertThat(await(log().read(ROOM, 1_005, 10))).isEmpty();
    assertThat(await(log().read(ROOM, 9_999, 10))).isEmpty();
    assertThat(await(log().read(OTHER, 0, 10))).isEmpty();
  }

  @Test
  void aLimitIsOneToAThousand() {
    assertThatThrownBy(() -> await(log().read(ROOM, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(log().read(ROOM, 0, 1_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void historyListsMessagesNewestFirst() throws Exception {
    stored(
        append(
            ROOM,
            message("a"),
            reaction("x"),
            message("b"),
            reaction("y"),
            message("c"),
            message("d")));
    assertThat(texts(await(log().readCountedBefore(ROOM, Long.MAX_VALUE, 3))))
        .containsExactly("d", "c", "b");
    assertThat(texts(await(log().readCountedBefore(ROOM, 3, 10)))).containsExactly("a");
    assertThat(texts(await(log().readCountedBefore(ROOM, 5, 10)))).containsExactly("b", "a");
    assertThat(await(log().readCountedBefore(ROOM, 1, 10))).isEmpty();
    assertThat(await(log().readCountedBefore(OTHER, 10, 10))).isEmpty();
  }

  @Test
  void historyGoesForwardToo() throws Exception {
    stored(
        append(
            ROOM,
            message("a"),
            reaction("x"),
            message("b"),
            reaction("y"),
            message("c"),
            message("d")));
    assertThat(texts(await(log().readCountedAfter(ROOM, 0, 2)))).containsExactly("a", "b");
    assertThat(texts(await(log().readCountedAfter(ROOM, 3, 10)))).containsExactly("c", "d");
    assertThat(await(log().readCountedAfter(ROOM, 6, 10))).isEmpty();
  }

  @Test
  void theHeadIsTheNewestEvent() throws Exception {
    assertThat(await(log().head(ROOM))).isEqualTo(Head.EMPTY);
    Stamp last = stored(messages(ROOM, "a", "b")).last();
    assertThat(await(log().head(ROOM))).isEqualTo(new Head(last.position(), 2));
  }

  @Test
  void aStreamOfRecordsOnlyIsEmpty() throws Exception {
    await(records().put(ROOM, "k", bytes("v")));
    assertThat(await(log().head(ROOM))).isEqualTo(Head.EMPTY);
    assertThat(stored(messages(ROOM, "a")).last().seq()).isEqualTo(1);
  }

  @Test
  void theBytesAheadAreCounted() throws Exception {
    assertThat(await(log().bytesAfter(ROOM, 0))).isZero();
    stored(messages(ROOM, "a", "bb", "ccc"));
    assertThat(await(log().bytesAfter(ROOM, 0))).isEqualTo(6);
    assertThat(await(log().bytesAfter(ROOM, 1))).isEqualTo(5);
    assertThat(await(log().bytesAfter(ROOM, 3))).isZero();
    await(log().trim(ROOM, 2));
    assertThat(await(log().bytesAfter(ROOM, 0))).isEqualTo(3);
  }
}
