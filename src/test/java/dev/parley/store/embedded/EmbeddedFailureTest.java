package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Await.failureOf;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.seqs;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.Samples;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens when a write cannot be done: a full disk, a broken file, a write at fault, too many
/// at once, the end.
final class EmbeddedFailureTest {
  private static final long NO_LIMIT = 4_294_967_294L;

  private EmbeddedFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = EmbeddedFixture.create();
  }

  @AfterEach
  void tearDown() throws Exception {
    fixture.end();
  }

  /// A disk of a size that can change.
  private static final class Disk extends Database {
    private final AtomicLong pages = new AtomicLong(NO_LIMIT);

    Disk(Path directory) {
      super(directory);
    }

    @Override
    Connection openWriter() throws SQLException {
      Connection connection = super.openWriter();
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + pages.get());
      }
      return connection;
    }
  }

  @Test
  void aFullDiskIsUnavailableAndHealsByItself() throws Exception {
    var disk = new Disk(fixture.directory());
    disk.pages.set(40);
    EmbeddedStore store = fixture.open(disk);
    List<Append> appends = IntStream.range(0, 60).mapToObj(EmbeddedFailureTest::large).toList();
    int stored = 0;
    for (Append append : appends) {
      stored += await(store.log().append(append).map(1).otherwise(0));
    }
    assertThat(stored).isBetween(1, 59);
    assertThat(store.isAvailable()).isFalse();
    assertThat(failureOf(store.log().append(large(60))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(await(store.log().head(ROOM)).position().seq())
        .as("reading goes on")
        .isEqualTo(stored);

    disk.pages.set(NO_LIMIT);
    for (Append append : appends) {
      assertThat(await(store.log().append(append))).isInstanceOf(Appended.class);
    }
    assertThat(store.isAvailable()).isTrue();
    assertThat(seqs(await(store.log().read(ROOM, 0, 1_000))))
        .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
    await(store.close());
  }

  @Test
  void aFullDiskIsTriedWithoutAnyoneAsking() throws Exception {
    var disk = new Disk(fixture.directory());
    disk.pages.set(30);
    EmbeddedStore store = fixture.open(disk);
    for (int i = 0; i < 40; i++) {
      await(store.log().append(large(i)).otherwiseEmpty());
    }
    assertThat(store.isAvailable()).isFalse();
    disk.pages.set(NO_LIMIT);
    await(store.sweep());
    assertThat(store.isAvailable()).isTrue();
    await(store.close());
  }

  @Test
  void afterAFullDiskPositionsAreStillGood() throws Exception {
    var disk = new Disk(fixture.directory());
    EmbeddedStore store = fixture.open(disk);
    var position = ((Appended) await(store.log().append(large(0)))).last().position();
    disk.pages.set(1);
    await(store.close());
    store = fixture.open(disk);
    for (int i = 0; i < 5; i++) {
      assertThat(failureOf(store.log().append(large(1))))
          .isInstanceOf(StoreUnavailableException.class);
    }
    disk.pages.set(NO_LIMIT);
    var next = ((Appended) await(store.log().append(large(1)))).last();
    assertThat(next.follows(position)).isTrue();
    await(store.close());
  }

  private static Append large(int i) {
    return Samples.append(ROOM, new NewEvent(bytes(("" + i % 10).repeat(3_000)), true))
        .withKey(key("k" + i));
  }

  @Test
  void aWriteAtFaultHurtsOnlyItself() throws Exception {
    EmbeddedStore store = fixture.open();
    await(store.log().append(messages(ROOM, "first")));
    refuse("bad");
    var appends = new ArrayList<Future<AppendResult>>();
    for (int i = 0; i < 200; i++) {
      appends.add(store.log().append(messages(ROOM, i == 107 ? "bad" : "m" + i)));
    }
    await(Future.join(appends).otherwiseEmpty());
    for (int i = 0; i < 200; i++) {
      assertThat(appends.get(i).succeeded()).as("append %d", i).isEqualTo(i != 107);
    }
    assertThat(store.isAvailable()).isTrue();
    assertThat(texts(await(store.log().read(ROOM, 0, 1_000)))).hasSize(200).doesNotContain("bad");
    assertThat(seqs(await(store.log().read(ROOM, 0, 1_000))))
        .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
    await(store.close());
  }

  /// Makes SQLite refuse events with this payload.
  private void refuse(String payload) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.payload = CAST('%s' AS BLOB)
          BEGIN SELECT raise(ABORT, 'refused'); END\
          """
              .formatted(payload));
    }
  }

  @Test
  void aQueueThatIsFullTurnsWritesAway() throws Exception {
    EmbeddedStore store = fixture.open(fixture.options().withMaxQueued(100, 1 << 20));
    var appends =
        IntStream.range(0, 5_000)
            .mapToObj(i -> store.log().append(messages(ROOM, "m" + i)))
            .toList();
    await(Future.join(appends).otherwiseEmpty());
    List<String> acknowledged =
        IntStream.range(0, 5_000)
            .filter(i -> appends.get(i).succeeded())
            .mapToObj(i -> "m" + i)
            .toList();
    assertThat(acknowledged).hasSizeBetween(100, 4_999);
    assertThat(appends)
        .filteredOn(Future::failed)
        .extracting(Future::cause)
        .hasOnlyElementsOfType(StoreUnavailableException.class);
    assertThat(await(store.log().head(ROOM)).position().seq()).isEqualTo(acknowledged.size());
    await(store.close());
  }

  @Test
  void aQueueIsBoundedInBytesToo() throws Exception {
    EmbeddedStore store = fixture.open(fixture.options().withMaxQueued(50_000, 100_000));
    var event = new NewEvent(new byte[30_000], false);
    event.payload()[0] = 1;
    var appends =
        IntStream.range(0, 200)
            .mapToObj(_ -> store.log().append(Samples.append(ROOM, event)))
            .toList();
    await(Future.join(appends).otherwiseEmpty());
    assertThat(appends).filteredOn(Future::succeeded).hasSizeBetween(3, 199);
    assertThat(store.queuedBytes()).isZero();
    assertThat(store.queuedWrites()).isZero();
    await(store.close());
  }

  @Test
  void theEndCompletesWhatWasAccepted() throws Exception {
    EmbeddedStore store = fixture.open();
    var appends =
        IntStream.range(0, 3_000)
            .mapToObj(i -> store.log().append(messages(ROOM, "m" + i)))
            .toList();
    Future<Void> closed = store.close();
    await(Future.all(appends));
    await(closed);
    await(store.close());
    EmbeddedStore again = fixture.open();
    assertThat(await(again.log().head(ROOM)).position().seq()).isEqualTo(3_000);
    await(again.close());
  }

  @Test
  void afterTheEndAllIsUnavailable() throws Exception {
    EmbeddedStore store = fixture.open();
    await(store.close());
    for (Future<?> late :
        List.of(
            store.log().append(messages(ROOM, "a")),
            store.log().read(ROOM, 0, 1),
            store.log().trim(ROOM, 1),
            store.records().get(ROOM, "k"),
            store.records().put(ROOM, "k", bytes("v")))) {
      assertThat(failureOf(late)).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void answersComeOnTheContextThatAsked() throws Exception {
    EmbeddedStore store = fixture.open();
    var context = fixture.vertx().getOrCreateContext();
    var answered = Promise.<Boolean>promise();
    context.runOnContext(
        _ ->
            store
                .log()
                .append(messages(ROOM, "a"))
                .compose(_ -> store.log().read(ROOM, 0, 1))
                .map(_ -> context.equals(Vertx.currentContext()))
                .onComplete(answered));
    assertThat(await(answered.future())).isTrue();
    await(store.close());
  }

  @Test
  void aListenerThatThrowsDoesNotKeepAnswersFromOthers() throws Exception {
    EmbeddedStore store = fixture.open();
    var appended = Promise.<Future<?>>promise();
    // Answers come on the context that asked: none before this turn ends.
    fixture.vertx().getOrCreateContext().runOnContext(_ -> appended.complete(appendMany(store)));
    await(await(appended.future()));
    await(store.close());
  }

  /// The first of the listeners throws.
  private static Future<?> appendMany(EmbeddedStore store) {
    var appends = new ArrayList<Future<AppendResult>>();
    for (int i = 0; i < 100; i++) {
      appends.add(store.log().append(Samples.append(OTHER, message("m"))));
    }
    appends
        .getFirst()
        .onComplete(
            _ -> {
              throw new IllegalStateException("by the test");
            });
    return Future.all(appends.subList(1, 100));
  }

  @Test
  void aDamagedFileIsNotWrittenAnyMore() throws Exception {
    EmbeddedStore store = fixture.open();
    await(store.log().append(messages(ROOM, "a")));
    forget("event");
    assertThat(failureOf(store.log().append(messages(ROOM, "b"))))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.isAvailable()).isFalse();
    assertThat(failureOf(store.log().append(messages(ROOM, "c"))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("damaged");
    await(store.close());
    assertThat(fixture.refusal()).contains("damaged");
  }

  /// Lets the schema point a table to a page that is not there.
  private void forget(String table) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON");
      statement.execute(
          "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = '%s'".formatted(table));
      statement.execute("PRAGMA schema_version = 4711");
    }
  }
}
