package dev.parley.store.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/// The tables, and how a file of an earlier version becomes one of this version. A version once
/// released is never changed; what follows is a new one.
final class Schema {
  /// Marks the file as a store of ours: "Prly".
  static final int APPLICATION_ID = 0x50726c79;

  private static final List<String> VERSION_1 =
      List.of(
          """
          CREATE TABLE stream(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            seq INTEGER NOT NULL DEFAULT 0,      -- of the newest event
            number INTEGER NOT NULL DEFAULT 0,   -- counted events up to it
            life INTEGER NOT NULL DEFAULT 0,     -- of the store when it was appended
            trimmed INTEGER NOT NULL DEFAULT 0,  -- events up to here are forgotten
            reaped INTEGER NOT NULL DEFAULT 0    -- and their rows are gone up to here
          )\
          """,
          """
          CREATE INDEX stream_to_reap ON stream(id) WHERE reaped < trimmed AND reaped < seq - 1\
          """,
          """
          CREATE TABLE stretch(
            stream INTEGER NOT NULL,
            first INTEGER NOT NULL,
            epoch TEXT NOT NULL,
            PRIMARY KEY(stream, first)
          ) WITHOUT ROWID\
          """,
          // In the order of commits, so its ids are the cursors of the change feed. The newest row
          // of a stream is never deleted, only emptied: ids are not used twice, and no stream drops
          // out of the feed.
          """
          CREATE TABLE event(
            id INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            number INTEGER NOT NULL,
            counted INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            payload BLOB NOT NULL
          )\
          """,
          // Also what messages are found by among other events, without looking at the others'
          // rows.
          "CREATE INDEX event_of_stream ON event(stream, seq, counted)",
          keyTable(0),
          keyTable(1),
          """
          CREATE TABLE record(
            scope INTEGER NOT NULL,              -- a stream's id
            key TEXT NOT NULL,
            version INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            expires INTEGER,                     -- milliseconds since 1970
            value BLOB NOT NULL,
            PRIMARY KEY(scope, key)
          ) WITHOUT ROWID\
          """,
          "CREATE INDEX record_expiring ON record(expires) WHERE expires IS NOT NULL",
          "CREATE TABLE note(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");

  private static final List<String> VERSION_2 =
      List.of(
          """
          CREATE TABLE age(
            at INTEGER PRIMARY KEY,              -- milliseconds since 1970
            event INTEGER NOT NULL               -- the newest row then
          )\
          """);

  private static final List<String> VERSION_3 = List.of(recentKeyTable(0), recentKeyTable(1));

  /// Where events stand is written later than they are, so no index can keep it.
  private static final List<String> VERSION_4 =
      List.of(
          """
          CREATE TABLE place(
            stream INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            counted INTEGER NOT NULL,            -- 1 or 0, so that messages are found among others
            event INTEGER NOT NULL,              -- its id
            PRIMARY KEY(stream, seq)
          ) WITHOUT ROWID\
          """,
          "INSERT INTO place SELECT stream, seq, counted, id FROM event ORDER BY stream, seq",
          "INSERT INTO note SELECT 'placed', coalesce(max(id), 0) FROM event",
          "DROP INDEX event_of_stream");

  private static final List<List<String>> VERSIONS =
      List.of(VERSION_1, VERSION_2, VERSION_3, VERSION_4);

  private Schema() {}

  /// Idempotency keys; two such tables take turns, so that old keys can be dropped at once.
  private static String keyTable(int turn) {
    return """
    CREATE TABLE key_%d(
      stream INTEGER NOT NULL,
      key BLOB NOT NULL,
      seq INTEGER NOT NULL,
      number INTEGER NOT NULL,
      events INTEGER NOT NULL,
      counted INTEGER NOT NULL,
      PRIMARY KEY(stream, key)
    ) WITHOUT ROWID\
    """
        .formatted(turn);
  }

  /// Keys that are not in a key table yet, in the order in which they came; two take turns.
  private static String recentKeyTable(int turn) {
    return """
    CREATE TABLE recent_key_%d(
      id INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL,
      key BLOB NOT NULL,
      seq INTEGER NOT NULL,
      number INTEGER NOT NULL,
      events INTEGER NOT NULL,
      counted INTEGER NOT NULL
    )\
    """
        .formatted(turn);
  }

  static int newest() {
    return VERSIONS.size();
  }

  /// The file's version; 0 for a new file.
  static int versionOf(Connection connection) throws SQLException {
    return hasTables(connection)
        ? (int) number(connection, "SELECT max(version) FROM migration")
        : 0;
  }

  /// Whether the file is new or of ours.
  static boolean isOurs(Connection connection) throws SQLException {
    return !hasTables(connection) || number(connection, "PRAGMA application_id") == APPLICATION_ID;
  }

  /// Brings the file to the newest version, all or nothing.
  static void migrate(Connection connection, Instant now) throws SQLException {
    migrate(connection, now, newest());
  }

  static void migrate(Connection connection, Instant now, int to) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      int from = versionOf(connection);
      if (from == 0) {
        statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
        statement.executeUpdate(
            "CREATE TABLE migration(version INTEGER PRIMARY KEY, applied TEXT NOT NULL)");
      }
      for (int version = from + 1; version <= to; version++) {
        apply(statement, version, now);
      }
      statement.execute("COMMIT");
    }
  }

  private static void apply(Statement statement, int version, Instant now) throws SQLException {
    for (String sql : VERSIONS.get(version - 1)) {
      statement.executeUpdate(sql);
    }
    statement.executeUpdate("INSERT INTO migration VALUES(%d, '%s')".formatted(version, now));
  }

  private static boolean hasTables(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM sqlite_schema") > 0;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
