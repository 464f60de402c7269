package dev.parley.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.StreamId;
import dev.parley.store.Records.StoredRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records. An expired one is as good as gone, whether or not it was swept. Belongs to its
/// connection's thread.
final class RecordTable {
  private static final String FIND =
      """
      SELECT key, value, version, seq FROM record
      WHERE scope = (SELECT id FROM stream WHERE name = ?) AND key = ?
        AND (expires IS NULL OR expires > ?)\
      """;
  private static final String VERSION =
      """
      SELECT version FROM record
      WHERE scope = ? AND key = ? AND (expires IS NULL OR expires > ?)\
      """;

  /// Keys are UTF-8 and compared byte by byte, which is code point order. `?3` is the first byte
  /// string behind all that begin with the prefix.
  private static final String SCAN =
      """
      SELECT key, value, version, seq FROM record
      WHERE scope = (SELECT id FROM stream WHERE name = ?1)
        AND key >= max(?2, ?4) AND key < CAST(?3 AS TEXT) AND key <> ?4
        AND (expires IS NULL OR expires > ?5)
      ORDER BY key LIMIT ?6\
      """;

  private static final String PUT =
      """
      INSERT INTO record(scope, key, version, seq, expires, value) VALUES(?1, ?2, 1, ?3, ?4, ?5)
      ON CONFLICT(scope, key) DO UPDATE SET
        version = CASE WHEN expires <= ?6 THEN 1 ELSE version + 1 END,
        seq = excluded.seq, expires = excluded.expires, value = excluded.value\
      """;
  private static final String REMOVE =
      "DELETE FROM record WHERE scope = (SELECT id FROM stream WHERE name = ?) AND key = ?";
  private static final String SWEEP =
      """
      DELETE FROM record WHERE (scope, key) IN
        (SELECT scope, key FROM record WHERE expires <= ? LIMIT ?)\
      """;

  /// Behind every key: no UTF-8 text has this byte.
  private static final byte[] END = {(byte) 0xff};

  private final Statements sql;

  RecordTable(Statements sql) {
    this.sql = sql;
  }

  Optional<StoredRecord> find(StreamId scope, String key, Instant now) throws SQLException {
    return sql.first(FIND, RecordTable::read, scope.value(), key, now.toEpochMilli());
  }

  /// The version of a record; 0 for none.
  long versionOf(long scope, String key, Instant now) throws SQLException {
    return sql.number(VERSION, scope, key, now.toEpochMilli());
  }

  List<StoredRecord> scan(StreamId scope, String prefix, String after, int limit, Instant now)
      throws SQLException {
    return sql.list(
        SCAN,
        RecordTable::read,
        scope.value(),
        prefix,
        endOf(prefix),
        after,
        now.toEpochMilli(),
        limit);
  }

  /// Its version is one more than before; 1 if there was none, or an expired one.
  ///
  /// @param scope a stream's id
  void put(long scope, String key, long seq, Optional<Instant> expires, byte[] value, Instant now)
      throws SQLException {
    @Nullable Long until = expires.map(Instant::toEpochMilli).orElse(null);
    sql.updateOne(PUT, scope, key, seq, until, value, now.toEpochMilli());
  }

  int remove(StreamId scope, String key) throws SQLException {
    return sql.update(REMOVE, scope.value(), key);
  }

  /// Deletes expired records.
  ///
  /// @return how many
  int sweep(Instant now, int limit) throws SQLException {
    return sql.update(SWEEP, now.toEpochMilli(), limit);
  }

  /// The last byte of a UTF-8 text is at most 0xbf, so one more never overflows.
  private static byte[] endOf(String prefix) {
    if (prefix.isEmpty()) {
      return END;
    }
    byte[] end = prefix.getBytes(UTF_8);
    end[end.length - 1]++;
    return end;
  }

  private static StoredRecord read(ResultSet row) throws SQLException {
    return new StoredRecord(row.getString(1), row.getBytes(2), row.getLong(3), row.getLong(4));
  }
}
