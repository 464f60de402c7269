package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.messages;
import static dev.parley.store.Samples.seqs;
import static dev.parley.store.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Append;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files of earlier versions are brought to this one with all that is in them.
final class SchemaTest {
  private static final int EVENTS = Integer.getInteger("parley.test.events", 40);

  private EmbeddedFixture fixture;

  @BeforeEach
  void create() throws IOException {
    fixture = EmbeddedFixture.create();
    Files.createDirectories(fixture.directory());
  }

  @AfterEach
  void end() throws Exception {
    fixture.end();
  }

  @Test
  void aFileWithoutPlacesIsReadAndGoesOn() throws Exception {
    makeVersion3();
    EventLog log = fixture.open().log();
    assertThat(texts(await(log.read(ROOM, 3, 3)))).containsExactly("e4", "e5", "e6");
    assertThat(seqs(await(log.readCountedBefore(ROOM, 9, 3)))).containsExactly(8L, 6L, 4L);
    assertThat(await(log.append(messages(ROOM, "new")))).isInstanceOf(Appended.class);
    assertThat(texts(await(log.read(ROOM, EVENTS - 1, 5)))).containsExactly("e" + EVENTS, "new");
    assertThat(seqs(await(log.readCountedBefore(ROOM, Long.MAX_VALUE, 2))))
        .containsExactly(EVENTS + 1L, (long) EVENTS);
    assertThat(await(log.changes(0, EVENTS - 1L, 10)).changes())
        .containsExactly(new Change(ROOM, EVENTS, false), new Change(ROOM, EVENTS + 1L, false));
    var revision = new Revision(2, 0, new byte[] {'x'});
    Append edit = Append.of(ROOM, message("edit")).withRevisions(List.of(revision));
    AppendResult edited = await(log.append(edit));
    assertThat(edited).isInstanceOf(Appended.class);
    assertThat(texts(await(log.read(ROOM, 1, 1)))).containsExactly("x");
  }

  /// Every second event counts.
  private void makeVersion3() throws SQLException {
    Database database = new Database(fixture.directory());
    try (var connection = database.openWriter();
        var statement = connection.createStatement()) {
      Schema.migrate(connection, Instant.EPOCH, 3);
      String rows =
          """
          INSERT INTO event(stream, seq, number, counted, revision, payload)
          WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %d)
          SELECT 1, n, n / 2, n %% 2 = 0, 0, CAST('e' || n AS BLOB) FROM n\
          """
              .formatted(EVENTS);
      String stream =
          "INSERT INTO stream(name, seq, number, life) VALUES('%s', %d, %d, 1)"
              .formatted(ROOM.value(), EVENTS, EVENTS / 2);
      String stretch = "INSERT INTO stretch VALUES(1, 1, 'before')";
      for (String sql : List.of(stream, stretch, rows)) {
        statement.executeUpdate(sql);
      }
    }
  }
}
