package dev.parley.store.embedded;

import dev.parley.store.Answer;
import dev.parley.store.IdempotencyKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The idempotency keys that came last, on their way to the [KeyTables]. A key is random: put there
/// at once, each would change a page of its own. So it is written behind the others that came, many
/// to a page, and looked up in memory; later it is settled together with its neighbours, a few at a
/// time.
///
/// ```
/// insert → filling ──seal (all of them)──→ sealed ──settle (in order)──→ key table
/// ```
///
/// Filling and sealed keys have a table each, which take turns. Belongs to the writer's thread.
final class RecentKeys {
  private static final String[] INSERT = {
    "INSERT INTO recent_key_0(stream, key, seq, number, events, counted) VALUES(?, ?, ?, ?, ?, ?)",
    "INSERT INTO recent_key_1(stream, key, seq, number, events, counted) VALUES(?, ?, ?, ?, ?, ?)"
  };
  private static final String[] READ = {
    "SELECT seq, number, events, counted, stream, key FROM recent_key_0",
    "SELECT seq, number, events, counted, stream, key FROM recent_key_1"
  };
  private static final String[] EMPTY = {"DELETE FROM recent_key_0", "DELETE FROM recent_key_1"};

  private static final String FILLING = "recent key table";

  private final Statements sql;
  private final Notes notes;
  private NavigableMap<Entry, Answer> filling;
  private NavigableMap<Entry, Answer> sealed;

  /// Reads what an earlier connection left.
  RecentKeys(Statements sql, Notes notes) throws SQLException {
    this.sql = sql;
    this.notes = notes;
    this.filling = read(current());
    this.sealed = read(1 - current());
  }

  /// Where a key stands, in the order of the tables.
  private record Entry(long stream, IdempotencyKey key) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(stream, other.stream);
      if (order == 0) {
        order = Long.compareUnsigned(key.high(), other.key.high());
      }
      return order == 0 ? Long.compareUnsigned(key.low(), other.key.low()) : order;
    }
  }

  Optional<Answer> find(long stream, IdempotencyKey key) {
    var entry = new Entry(stream, key);
    Answer answer = filling.get(entry);
    return Optional.ofNullable(answer == null ? sealed.get(entry) : answer);
  }

  void insert(long stream, IdempotencyKey key, Answer answer) throws SQLException {
    sql.updateOne(INSERT[current()], row(stream, key, answer));
    filling.put(new Entry(stream, key), answer);
  }

  /// How many are not sealed.
  int filling() {
    return filling.size();
  }

  boolean hasSealed() {
    return !sealed.isEmpty();
  }

  /// Those that are here are settled next; what comes from now on, after them. Not before the last
  /// ones that were sealed are settled.
  void seal() throws SQLException {
    if (hasSealed()) {
      throw new IllegalStateException("some are sealed");
    }
    notes.write(FILLING, 1 - current());
    NavigableMap<Entry, Answer> settled = sealed;
    sealed = filling;
    filling = settled;
  }

  /// Moves the next of the sealed ones. Those moved before the connection ended are moved again.
  ///
  /// @param insert leaves a key that is there as it is
  void settle(String insert, int most) throws SQLException {
    if (!hasSealed() || most == 0) {
      return;
    }
    for (int i = 0; i < most && hasSealed(); i++) {
      Map.Entry<Entry, Answer> next = sealed.pollFirstEntry();
      sql.updateAny(insert, row(next.getKey().stream, next.getKey().key, next.getValue()));
    }
    if (sealed.isEmpty()) {
      int _ = sql.empty(EMPTY[1 - current()]);
    }
  }

  private static Object[] row(long stream, IdempotencyKey key, Answer answer) {
    return new Object[] {
      stream, key.toBytes(), answer.seq(), answer.number(), answer.events(), answer.counted()
    };
  }

  private NavigableMap<Entry, Answer> read(int table) throws SQLException {
    var keys = new TreeMap<Entry, Answer>();
    for (var row : sql.list(READ[table], RecentKeys::readRow)) {
      keys.put(row.getKey(), row.getValue());
    }
    return keys;
  }

  private static Map.Entry<Entry, Answer> readRow(ResultSet row) throws SQLException {
    var entry = new Entry(row.getLong(5), IdempotencyKey.fromBytes(row.getBytes(6)));
    return Map.entry(entry, KeyTables.readAnswer(row));
  }

  private int current() throws SQLException {
    return (int) notes.read(FILLING);
  }
}
