package dev.parley.store.embedded;

import dev.parley.store.Answer;
import dev.parley.store.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The idempotency keys: the [RecentKeys], and two tables that take turns: keys are settled in the
/// current one, and regularly the other, older one is emptied and becomes current. So a key is kept
/// for one period to two. Belongs to the writer's thread.
final class KeyTables {
  /// Most keys are new. One column, since the driver asks for the name of each.
  private static final String IS_KNOWN =
      """
      SELECT EXISTS(SELECT 1 FROM key_0 WHERE stream = ?1 AND key = ?2)
        OR EXISTS(SELECT 1 FROM key_1 WHERE stream = ?1 AND key = ?2)\
      """;

  private static final String FIND =
      """
      SELECT seq, number, events, counted FROM key_0 WHERE stream = ?1 AND key = ?2
      UNION ALL
      SELECT seq, number, events, counted FROM key_1 WHERE stream = ?1 AND key = ?2\
      """;
  private static final String[] SETTLE = {
    """
    INSERT OR IGNORE INTO key_0(stream, key, seq, number, events, counted)
    VALUES(?, ?, ?, ?, ?, ?)\
    """,
    """
    INSERT OR IGNORE INTO key_1(stream, key, seq, number, events, counted)
    VALUES(?, ?, ?, ?, ?, ?)\
    """
  };
  private static final String[] EMPTY = {"DELETE FROM key_0", "DELETE FROM key_1"};

  /// What a store uses: about 4 MiB of memory, and as much again while those before are settled.
  static final int RECENT = 32_768;

  private static final String CURRENT = "key table";
  private static final String SINCE = "key table since";

  private final Statements sql;
  private final Notes notes;
  private final Duration period;
  private final int recentAtMost;
  private final RecentKeys recent;
  private final Pace pace = new Pace();
  private boolean sealedForTurn;

  /// @param recentAtMost so many come together before they are settled
  KeyTables(Statements sql, Notes notes, Duration period, int recentAtMost) throws SQLException {
    this.sql = sql;
    this.notes = notes;
    this.period = period;
    this.recentAtMost = recentAtMost;
    this.recent = new RecentKeys(sql, notes);
  }

  Optional<Answer> find(long stream, IdempotencyKey key) throws SQLException {
    Optional<Answer> answer = recent.find(stream, key);
    if (answer.isPresent()) {
      return answer;
    }
    byte[] bytes = key.toBytes();
    return sql.number(IS_KNOWN, stream, bytes) == 0
        ? Optional.empty()
        : sql.first(FIND, KeyTables::readAnswer, stream, bytes);
  }

  void insert(long stream, IdempotencyKey key, Answer answer) throws SQLException {
    recent.insert(stream, key, answer);
    pace.onAdded();
  }

  /// Puts some of the recent keys where they belong, as many as go with those that came since.
  void settle() throws SQLException {
    int lump = pace.take();
    if (lump == 0) {
      return;
    }
    recent.settle(SETTLE[current()], lump);
    if (recent.filling() >= recentAtMost && !recent.hasSealed()) {
      recent.seal();
    }
  }

  /// Forgets the older keys if their time is over; before, in steps, settles those that came in
  /// that time.
  ///
  /// @return whether there is more to do
  boolean turn(Instant now) throws SQLException {
    if (!isOver(now)) {
      return false;
    }
    if (recent.hasSealed()) {
      recent.settle(SETTLE[current()], Pace.STEP);
      return true;
    }
    if (!sealedForTurn && recent.filling() > 0) {
      recent.seal();
      sealedForTurn = true;
      return true;
    }
    sealedForTurn = false;
    int older = 1 - current();
    notes.write(CURRENT, older);
    notes.write(SINCE, now.toEpochMilli());
    return sql.empty(EMPTY[older]) > 0;
  }

  private boolean isOver(Instant now) throws SQLException {
    long since = notes.read(SINCE);
    if (since == 0) {
      notes.write(SINCE, now.toEpochMilli());
      return false;
    }
    return !now.isBefore(Instant.ofEpochMilli(since).plus(period));
  }

  private int current() throws SQLException {
    return (int) notes.read(CURRENT);
  }

  /// From the first four columns.
  static Answer readAnswer(ResultSet row) throws SQLException {
    return new Answer(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4));
  }
}
