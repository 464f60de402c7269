package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.OTHER;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.bytes;
import static dev.parley.store.Samples.key;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.seqs;
import static dev.parley.store.Samples.stream;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.Samples;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the store forgets, and how long its files may grow.
final class EmbeddedHouseKeepingTest {
  private EmbeddedFixture fixture;
  private EmbeddedStore store;

  @BeforeEach
  void setUp() throws Exception {
    fixture = EmbeddedFixture.create();
    store = fixture.open();
  }

  @AfterEach
  void tearDown() throws Exception {
    await(store.close());
    fixture.end();
  }

  @Test
  void rowsOfTrimmedEventsGoButTheNewest() throws Exception {
    fill(2_000);
    await(store.log().append(messages(OTHER, "kept")));
    await(store.log().trim(ROOM, 2_000));
    await(store.sweep());
    assertThat(rows("event")).isEqualTo(2);
    await(store.log().append(messages(ROOM, "next")));
    await(store.sweep());
    assertThat(rows("event")).isEqualTo(2);
    assertThat(seqs(await(store.log().read(ROOM, 0, 10)))).containsExactly(2_001L);
  }

  @Test
  void whatATrimmedEventSaidIsNotKept() throws Exception {
    await(store.log().append(messages(ROOM, "secret")));
    await(store.log().trim(ROOM, 1));
    assertThat(number("SELECT sum(length(payload)) FROM event")).isZero();
  }

  @Test
  void whatWasReplacedOrTrimmedIsOnTheDiskNoMore() throws Exception {
    String shortText = "a-secret";
    String longText = "another-secret".repeat(5_000);
    await(store.log().append(messages(ROOM, shortText, longText, "trimmed-secret", "last")));
    var revisions =
        List.of(new Revision(1, 0, bytes("gone")), new Revision(2, 0, bytes("gone too")));
    await(store.log().append(messages(ROOM, "deleted").withRevisions(revisions)));
    await(store.log().trim(ROOM, 3));
    await(store.sweep());
    await(store.sweep());
    for (Path file : List.of(fixture.file(), Path.of(fixture.file() + "-wal"))) {
      String bytes = Files.readString(file, ISO_8859_1);
      assertThat(bytes.contains("secret")).as("in %s", file.getFileName()).isFalse();
    }
    assertThat(Files.readString(fixture.file(), ISO_8859_1)).contains("last");
  }

  @Test
  void aTrimIsFinishedInALaterLife() throws Exception {
    fill(1_500);
    await(store.log().trim(ROOM, 1_200));
    await(store.close());
    store = fixture.open();
    await(store.sweep());
    assertThat(rows("event")).isEqualTo(300);
  }

  @Test
  void expiredRecordsAreSwept() throws Exception {
    var puts = new ArrayList<Future<?>>();
    for (int i = 0; i < 1_200; i++) {
      var until = fixture.now().plusSeconds(i < 1_100 ? 10 : 100);
      puts.add(
          store.records().put(ROOM, "k" + i, bytes("v"), OptionalLong.empty(), Optional.of(until)));
    }
    await(Future.all(puts));
    fixture.pass(Duration.ofSeconds(20));
    await(store.sweep());
    assertThat(rows("record")).isEqualTo(100);
  }

  @Test
  void keysAreKeptForOneDayToTwo() throws Exception {
    await(store.sweep());
    Append append = messages(ROOM, "a").withKey(key("1"));
    await(store.log().append(append));
    for (int hours = 0; hours < 24; hours += 6) {
      assertThat(isRepeated(append)).isTrue();
      fixture.pass(Duration.ofHours(6));
      await(store.sweep());
    }
    assertThat(isRepeated(append)).as("after a day").isTrue();
    fixture.pass(Duration.ofHours(24));
    await(store.sweep());
    assertThat(rows("key_0") + rows("key_1")).isZero();
    assertThat(rows("recent_key_0") + rows("recent_key_1")).isZero();
    assertThat(isRepeated(append)).as("after two days").isFalse();
  }

  private boolean isRepeated(Append append) throws Exception {
    return ((Appended) await(store.log().append(append))).repeated();
  }

  @Test
  void theLogIsBoundedUnderLoad() throws Exception {
    byte[] payload = new byte[200_000];
    payload[0] = 1;
    long longest = 0;
    for (int round = 0; round < 40; round++) {
      var appends = new ArrayList<Future<?>>();
      for (int i = 0; i < 50; i++) {
        appends.add(
            store.log().append(Samples.append(stream("r" + i), new NewEvent(payload, true))));
      }
      await(Future.all(appends));
      longest = Math.max(longest, Files.size(fixture.directory().resolve("parley.db-wal")));
    }
    assertThat(longest).isLessThan(4 * Database.MAX_WAL_BYTES);
  }

  private void fill(int messages) throws Exception {
    var appends = new ArrayList<Future<?>>();
    for (int i = 0; i < messages; i++) {
      appends.add(store.log().append(messages(ROOM, "m" + i)));
    }
    await(Future.all(appends));
  }

  private long rows(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  private long number(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.getLong(1);
    }
  }
}
