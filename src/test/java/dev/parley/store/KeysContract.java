package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.reaction;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append.RecordPut;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult.Appended;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What idempotency keys promise.
public abstract class KeysContract extends StoreContract {

  @Test
  void aRepeatedAppendGetsItsFirstAnswerAndStoresNothing() throws Exception {
    stored(messages(ROOM, "before"));
    Append append = append(ROOM, message("a"), reaction("b"), message("c")).withKey(key("1"));
    Appended first = stored(append);
    stored(messages(ROOM, "after"));
    assertThat(stored(append)).isEqualTo(new Appended(first.stamps(), true));
    assertThat(first.repeated()).isFalse();
    assertThat(texts(readAll())).containsExactly("before", "a", "b", "c", "after");
  }

  @Test
  void aRepeatSentTogetherWithTheFirstIsStoredOnce() throws Exception {
    Append append = messages(ROOM, "a").withKey(key("1"));
    var all = IntStream.range(0, 20).mapToObj(_ -> log().append(append)).toList();
    await(Future.all(all));
    assertThat(texts(readAll())).containsExactly("a");
    assertThat(all)
        .extracting(Future::result)
        .filteredOn(result -> !((Appended) result).repeated())
        .hasSize(1);
    assertThat(all)
        .extracting(future -> ((Appended) future.result()).last().seq())
        .containsOnly(1L);
  }

  @Test
  void aRepeatIsKnownInALaterLife() throws Exception {
    stored(messages(ROOM, "before"));
    reopen();
    Append append = messages(ROOM, "a", "b").withKey(key("1"));
    Appended first = stored(append);
    reopen();
    stored(messages(ROOM, "after"));
    assertThat(stored(append)).isEqualTo(new Appended(first.stamps(), true));
  }

  @Test
  void aRepeatIsKnownForADay() throws Exception {
    Append append = messages(ROOM, "a").withKey(key("1"));
    stored(append);
    fixture().pass(Duration.ofHours(23));
    assertThat(stored(append).repeated()).isTrue();
  }

  @Test
  void aRepeatIsKnownAfterItsEventsAreTrimmed() throws Exception {
    Append append = append(ROOM, message("a"), reaction("b")).withKey(key("1"));
    Appended first = stored(append);
    stored(messages(ROOM, "c"));
    await(log().trim(ROOM, 3));
    assertThat(stored(append)).isEqualTo(new Appended(first.stamps(), true));
  }

  @Test
  void theSameKeyInAnotherStreamIsAnother() throws Exception {
    stored(messages(ROOM, "a").withKey(key("1")));
    assertThat(stored(messages(OTHER, "b").withKey(key("1"))).repeated()).isFalse();
  }

  @Test
  void theKeyIsLookedUpBeforeTheExpectedSeq() throws Exception {
    Append append = messages(ROOM, "a").withKey(key("1")).expecting(0);
    Appended first = stored(append);
    stored(messages(ROOM, "b"));
    assertThat(stored(append)).isEqualTo(new Appended(first.stamps(), true));
  }

  @Test
  void theKeyIsLookedUpBeforeRevisionsAndRecords() throws Exception {
    stored(messages(ROOM, "a"));
    Append append =
        append(ROOM, reaction("edited"))
            .withKey(key("1"))
            .withRevisions(List.of(new Revision(1, 0, bytes("A"))))
            .withPuts(List.of(new RecordPut("k", bytes("v"), OptionalLong.of(0))));
    stored(append);
    assertThat(stored(append).repeated()).isTrue();
  }

  @Test
  void aRefusedAppendLeavesItsKeyUnused() throws Exception {
    stored(messages(ROOM, "a"));
    behind(messages(ROOM, "b").withKey(key("1")).expecting(0));
    assertThat(stored(messages(ROOM, "b").withKey(key("1")).expecting(1)).repeated()).isFalse();
  }
}
