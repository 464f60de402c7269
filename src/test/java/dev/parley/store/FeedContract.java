package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.StreamId;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the change feed promises. A stream's partition is found by looking.
public abstract class FeedContract extends StoreContract {

  @Test
  void everyAppendIsInTheFeedInOrder() throws Exception {
    Map<StreamId, Long> heads = new HashMap<>();
    List<Long> starts = heads();
    var appends = new ArrayList<Future<?>>();
    var random = new Random(7);
    for (int i = 0; i < 500; i++) {
      StreamId stream = stream("room" + random.nextInt(20));
      appends.add(log().append(messages(stream, "m" + i)));
      heads.merge(stream, 1L, Long::sum);
    }
    await(Future.all(appends));
    Map<StreamId, Long> seen = new HashMap<>();
    for (Change change : changesAfter(starts, 100)) {
      assertThat(change.seq())
          .as("in order: %s", change)
          .isGreaterThan(seen.getOrDefault(change.stream(), 0L));
      seen.put(change.stream(), change.seq());
    }
    assertThat(seen).isEqualTo(heads);
  }

  @Test
  void theCursorSaysHowFarOneHasRead() throws Exception {
    List<Long> start = heads();
    stored(messages(ROOM, "a"));
    List<Long> middle = heads();
    stored(messages(ROOM, "b"));
    assertThat(changesAfter(start, 1)).endsWith(new Change(ROOM, 2, false));
    assertThat(changesAfter(middle, 1)).containsExactly(new Change(ROOM, 2, false));
    assertThat(changesAfter(heads(), 1)).isEmpty();
  }

  @Test
  void nothingNewLeavesTheCursorWhereItWas() throws Exception {
    stored(messages(ROOM, "a"));
    for (int partition = 0; partition < log().partitions(); partition++) {
      long head = await(log().changesHead(partition));
      assertThat(await(log().changes(partition, head, 10)))
          .isEqualTo(new Changes(List.of(), head, false));
    }
  }

  @Test
  void whatIsPlainIsSaidToBe() throws Exception {
    List<Long> start = heads();
    stored(Samples.append(ROOM, new NewEvent(new byte[] {1}, true, true)));
    stored(Samples.append(ROOM, new NewEvent(new byte[] {2}, true, false)));
    stored(Samples.append(ROOM, new NewEvent(new byte[] {3}, false, true)));
    assertThat(changesAfter(start, 10))
        .containsExactly(
            new Change(ROOM, 1, true), new Change(ROOM, 2, false), new Change(ROOM, 3, true));
    assertThat(await(log().read(ROOM, 0, 10)))
        .extracting(StoredEvent::counted)
        .containsExactly(true, true, false);
  }

  @Test
  void aRefusedAppendIsNotInTheFeed() throws Exception {
    stored(messages(ROOM, "a"));
    List<Long> start = heads();
    behind(messages(ROOM, "b").expecting(0));
    assertThat(changesAfter(start, 10)).isEmpty();
  }

  @Test
  void aRepeatedAppendIsNotInTheFeedAgain() throws Exception {
    Append append = messages(ROOM, "a").withKey(Samples.key("1"));
    stored(append);
    List<Long> start = heads();
    stored(append);
    assertThat(changesAfter(start, 10)).isEmpty();
  }

  @Test
  void theFeedGoesOnInALaterLife() throws Exception {
    List<Long> start = heads();
    stored(messages(ROOM, "a"));
    reopen();
    stored(messages(OTHER, "b"));
    assertThat(changesAfter(start, 10))
        .contains(new Change(ROOM, 1, false), new Change(OTHER, 1, false));
  }

  @Test
  void trimmingHidesNoAppend() throws Exception {
    List<Long> start = heads();
    stored(messages(ROOM, "a", "b", "c"));
    stored(messages(OTHER, "d"));
    await(log().trim(ROOM, 3));
    await(log().trim(OTHER, 1));
    assertThat(changesAfter(start, 10))
        .contains(new Change(ROOM, 3, false), new Change(OTHER, 1, false));
    List<Long> middle = heads();
    stored(messages(OTHER, "e"));
    assertThat(changesAfter(middle, 10)).containsExactly(new Change(OTHER, 2, false));
  }

  @Test
  void aCursorThatTheStoreLostIsAnsweredTruncated() throws Exception {
    for (int i = 0; i < 10; i++) {
      stored(messages(ROOM, "m" + i));
    }
    List<Long> cursors = heads();
    empty();
    stored(messages(ROOM, "new"));
    int truncated = 0;
    for (int partition = 0; partition < cursors.size(); partition++) {
      Changes changes = await(log().changes(partition, cursors.get(partition), 10));
      truncated += changes.truncated() ? 1 : 0;
      assertThat(await(log().changes(partition, changes.cursor(), 10)).truncated()).isFalse();
    }
    assertThat(truncated).isEqualTo(1);
  }

  private List<Long> heads() throws Exception {
    return await(
            Future.all(
                IntStream.range(0, log().partitions()).mapToObj(log()::changesHead).toList()))
        .list();
  }

  private List<Change> changesAfter(List<Long> cursors, int limit) throws Exception {
    var all = new ArrayList<Change>();
    for (int partition = 0; partition < cursors.size(); partition++) {
      Changes page = await(log().changes(partition, cursors.get(partition), limit));
      while (!page.changes().isEmpty()) {
        assertThat(page.truncated()).isFalse();
        assertThat(page.changes().size()).isLessThanOrEqualTo(limit);
        all.addAll(page.changes());
        page = await(log().changes(partition, page.cursor(), limit));
      }
    }
    return all;
  }
}
