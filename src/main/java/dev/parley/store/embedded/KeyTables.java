package dev.parley.store.embedded;

import dev.parley.store.Answer;
import dev.parley.store.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The idempotency keys. Two tables take turns: new keys enter the current one, and regularly the
/// other, older one is emptied and becomes current. So a key is kept for one period to two. Belongs
/// to the writer's thread.
final class KeyTables {
  private static final String FIND =
      """
      SELECT seq, number, events, counted FROM key_0 WHERE stream = ?1 AND key = ?2
      UNION ALL
      SELECT seq, number, events, counted FROM key_1 WHERE stream = ?1 AND key = ?2\
      """;
  private static final String[] INSERT = {
    "INSERT INTO key_0(stream, key, seq, number, events, counted) VALUES(?, ?, ?, ?, ?, ?)",
    "INSERT INTO key_1(stream, key, seq, number, events, counted) VALUES(?, ?, ?, ?, ?, ?)"
  };
  private static final String[] EMPTY = {"DELETE FROM key_0", "DELETE FROM key_1"};

  private static final String CURRENT = "key table";
  private static final String SINCE = "key table since";

  private final Statements sql;
  private final Notes notes;
  private final Duration period;

  KeyTables(Statements sql, Notes notes, Duration period) {
    this.sql = sql;
    this.notes = notes;
    this.period = period;
  }

  Optional<Answer> find(long stream, IdempotencyKey key) throws SQLException {
    return sql.first(FIND, KeyTables::read, stream, key.toBytes());
  }

  void insert(long stream, IdempotencyKey key, Answer answer) throws SQLException {
    sql.updateOne(
        INSERT[current()],
        stream,
        key.toBytes(),
        answer.seq(),
        answer.number(),
        answer.events(),
        answer.counted());
  }

  /// Forgets the older keys if their time is over.
  ///
  /// @return how many
  int turn(Instant now) throws SQLException {
    long since = notes.read(SINCE);
    if (since == 0) {
      notes.write(SINCE, now.toEpochMilli());
      return 0;
    }
    if (now.isBefore(Instant.ofEpochMilli(since).plus(period))) {
      return 0;
    }
    int older = 1 - current();
    notes.write(CURRENT, older);
    notes.write(SINCE, now.toEpochMilli());
    return empty(older);
  }

  /// Without overwriting every page of the table, which may be large and tells nothing.
  private int empty(int table) throws SQLException {
    sql.pragma("secure_delete = OFF");
    try {
      return sql.update(EMPTY[table]);
    } finally {
      sql.pragma("secure_delete = ON");
    }
  }

  private int current() throws SQLException {
    return (int) notes.read(CURRENT);
  }

  private static Answer read(ResultSet row) throws SQLException {
    return new Answer(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4));
  }
}
