package dev.parley.store;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.reaction;
import static dev.parley.store.Samples.seqs;
import static dev.parley.store.Samples.text;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.store.Append.RecordPut;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import dev.parley.store.EventLog.Head;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What may refuse an append, and what is written along with one.
public abstract class RefusalsContract extends StoreContract {

  @Test
  void anAppendAtTheExpectedSeqIsStored() throws Exception {
    assertThat(stored(messages(ROOM, "a").expecting(0)).last().seq()).isEqualTo(1);
    assertThat(stored(messages(ROOM, "b").expecting(1)).last().seq()).isEqualTo(2);
  }

  @Test
  void anAppendThatIsBehindGetsWhatItMissed() throws Exception {
    stored(messages(ROOM, "a", "b", "c"));
    Behind behind = behind(messages(ROOM, "d").expecting(1));
    assertThat(texts(behind.missed())).containsExactly("b", "c");
    assertThat(seqs(behind.missed())).containsExactly(2L, 3L);
    assertThat(texts(readAll())).containsExactly("a", "b", "c");
  }

  @Test
  void whatWasMissedIsAtMostAThousandEvents() throws Exception {
    fill(1_100);
    assertThat(seqs(behind(messages(ROOM, "late").expecting(50)).missed()))
        .isEqualTo(LongStream.rangeClosed(51, 1_050).boxed().toList());
  }

  @Test
  void anAppendThatExpectsTheFutureIsRefused() throws Exception {
    stored(messages(ROOM, "a"));
    assertThat(behind(messages(ROOM, "b").expecting(5)).missed()).isEmpty();
    assertThat(behind(messages(OTHER, "b").expecting(5)).missed()).isEmpty();
    assertThat(await(log().head(OTHER))).isEqualTo(Head.EMPTY);
  }

  @Test
  void ofManyWhoExpectTheSameSeqOneIsStored() throws Exception {
    var all =
        IntStream.range(0, 50)
            .mapToObj(i -> log().append(messages(ROOM, "m" + i).expecting(0)))
            .toList();
    await(Future.all(all));
    assertThat(all).extracting(Future::result).filteredOn(Appended.class::isInstance).hasSize(1);
    assertThat(await(log().head(ROOM)).position().seq()).isEqualTo(1);
  }

  @Test
  void recordsOfAnAppendAreWrittenWithItsLastSeq() throws Exception {
    stored(
        messages(ROOM, "a", "b")
            .withPuts(List.of(RecordPut.of("k", bytes("1")), RecordPut.of("l", bytes("2")))));
    StoredRecord record = await(records().get(ROOM, "k")).orElseThrow();
    assertThat(text(record.value())).isEqualTo("1");
    assertThat(record.version()).isEqualTo(1);
    assertThat(record.seq()).isEqualTo(2);
    stored(messages(ROOM, "c").withPuts(List.of(RecordPut.of("k", bytes("3")))));
    assertThat(await(records().get(ROOM, "k")).orElseThrow().version()).isEqualTo(2);
    assertThat(await(records().get(ROOM, "k")).orElseThrow().seq()).isEqualTo(3);
  }

  @Test
  void oneStaleRecordRefusesTheWholeAppend() throws Exception {
    await(records().put(ROOM, "k", bytes("old")));
    Append append =
        messages(ROOM, "a")
            .withKey(key("1"))
            .withPuts(
                List.of(
                    RecordPut.of("l", bytes("new")),
                    new RecordPut("k", bytes("new"), OptionalLong.of(0))));
    ensureStale(append);
    assertThat(readAll()).isEmpty();
    assertThat(await(records().get(ROOM, "l"))).isEmpty();
    assertThat(text(await(records().get(ROOM, "k")).orElseThrow().value())).isEqualTo("old");
  }

  @Test
  void aRecordAtItsExpectedVersionIsWritten() throws Exception {
    stored(
        messages(ROOM, "a").withPuts(List.of(new RecordPut("k", bytes("1"), OptionalLong.of(0)))));
    stored(
        messages(ROOM, "b").withPuts(List.of(new RecordPut("k", bytes("2"), OptionalLong.of(1)))));
    assertThat(text(await(records().get(ROOM, "k")).orElseThrow().value())).isEqualTo("2");
  }

  @Test
  void anAppendWritesARecordOnce() {
    assertThatThrownBy(
            () ->
                messages(ROOM, "a")
                    .withPuts(
                        List.of(RecordPut.of("k", bytes("1")), RecordPut.of("k", bytes("2")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRevisionIsWhatReadersSeeFromThenOn() throws Exception {
    stored(messages(ROOM, "a", "b"));
    stored(append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(1, 0, bytes("A")))));
    stored(append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(1, 1, bytes("AA")))));
    StoredEvent first = await(log().read(ROOM, 0, 1)).getFirst();
    assertThat(text(first.payload())).isEqualTo("AA");
    assertThat(first.revision()).isEqualTo(2);
    assertThat(first.seq()).isEqualTo(1);
    assertThat(first.counted()).isTrue();
    assertThat(texts(await(log().readCountedAfter(ROOM, 0, 10)))).containsExactly("AA", "b");
  }

  @Test
  void oneStaleRevisionRefusesTheWholeAppend() throws Exception {
    stored(messages(ROOM, "a", "b"));
    Append append =
        append(ROOM, reaction("edit"))
            .withRevisions(List.of(new Revision(1, 0, bytes("A")), new Revision(2, 1, bytes("B"))))
            .withPuts(List.of(RecordPut.of("k", bytes("v"))));
    ensureStale(append);
    assertThat(texts(readAll())).containsExactly("a", "b");
    assertThat(await(records().get(ROOM, "k"))).isEmpty();
  }

  @Test
  void aRevisionOfNoEventIsStale() throws Exception {
    ensureStale(
        append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(1, 0, bytes("A")))));
    stored(messages(ROOM, "a", "b"));
    ensureStale(
        append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(3, 0, bytes("C")))));
    await(log().trim(ROOM, 1));
    ensureStale(
        append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(1, 0, bytes("A")))));
  }

  @Test
  void ofTwoRevisionsOfTheSameOneIsStored() throws Exception {
    stored(messages(ROOM, "a"));
    Append edit =
        append(ROOM, reaction("edit")).withRevisions(List.of(new Revision(1, 0, bytes("A"))));
    var all = List.of(log().append(edit), log().append(edit));
    await(Future.all(all));
    assertThat(all).extracting(Future::result).filteredOn(Stale.class::isInstance).hasSize(1);
  }

  @Test
  void refusedAppendsDoNotHurtTheirNeighbours() throws Exception {
    stored(messages(ROOM, "first"));
    await(records().put(ROOM, "k", bytes("v")));
    var all = new ArrayList<Future<AppendResult>>();
    for (int i = 0; i < 300; i++) {
      all.add(log().append(refusedOr(i)));
    }
    await(Future.all(all));
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).result() instanceof Appended).as("append %d", i).isEqualTo(i % 4 == 0);
    }
    List<String> kept = IntStream.range(0, 75).mapToObj(i -> "m" + 4 * i).toList();
    assertThat(texts(readAll()).stream().skip(1)).isEqualTo(kept);
    assertThat(seqs(readAll())).isEqualTo(LongStream.rangeClosed(1, 76).boxed().toList());
  }

  private static Append refusedOr(int i) {
    Append append = messages(ROOM, "m" + i);
    return switch (i % 4) {
      case 1 -> append.expecting(0);
      case 2 -> append.withPuts(List.of(new RecordPut("k", bytes("x"), OptionalLong.of(7))));
      case 3 -> append.withRevisions(List.of(new Revision(1, 5, bytes("x"))));
      default -> append;
    };
  }
}
