package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import dev.parley.store.History;
import dev.parley.store.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The streams and their stretches. Belongs to its connection's thread.
final class StreamTable {
  /// How many stretches of a stream are kept.
  private static final int MAX_STRETCHES = 64;

  private static final String STATE =
      """
      SELECT id, seq, number, life, trimmed,
        coalesce((SELECT epoch FROM stretch WHERE stream = id ORDER BY first DESC LIMIT 1), '')
      FROM stream WHERE name = ?\
      """;
  private static final String INSERT = "INSERT INTO stream(name) VALUES(?) RETURNING id";
  private static final String UPDATE =
      "UPDATE stream SET seq = ?, number = ?, life = ?, trimmed = ? WHERE id = ?";

  private static final String HISTORY =
      """
      SELECT s.seq, s.number, s.trimmed, t.first, t.epoch
      FROM stream s LEFT JOIN stretch t ON t.stream = s.id
      WHERE s.name = ? ORDER BY t.first\
      """;
  private static final String OPEN_STRETCH =
      "INSERT INTO stretch(stream, first, epoch) VALUES(?, ?, ?)";
  private static final String DROP_STRETCHES =
      """
      DELETE FROM stretch WHERE stream = ?1 AND first <
        (SELECT first FROM stretch WHERE stream = ?1 ORDER BY first DESC LIMIT 1 OFFSET ?2)\
      """;

  private static final String TO_REAP =
      """
      SELECT id, reaped, min(trimmed, seq - 1)
      FROM stream WHERE reaped < trimmed AND reaped < seq - 1 LIMIT 1\
      """;
  private static final String REAPED = "UPDATE stream SET reaped = ? WHERE id = ?";

  private final Statements sql;

  StreamTable(Statements sql) {
    this.sql = sql;
  }

  StreamState state(StreamId stream) throws SQLException {
    return sql.first(STATE, StreamTable::readState, stream.value()).orElse(StreamState.NONE);
  }

  /// Makes a stream known.
  ///
  /// @return its id
  long insert(StreamId stream) throws SQLException {
    return sql.number(INSERT, stream.value());
  }

  void update(StreamState state) throws SQLException {
    sql.updateOne(UPDATE, state.seq(), state.number(), state.life(), state.trimmed(), state.id());
  }

  /// Opens a stretch at the stream's next event, and forgets the oldest if there are too many.
  void openStretch(StreamState state, String epoch) throws SQLException {
    sql.updateOne(OPEN_STRETCH, state.id(), state.seq() + 1, epoch);
    sql.updateAny(DROP_STRETCHES, state.id(), MAX_STRETCHES - 1);
  }

  History history(StreamId stream) throws SQLException {
    List<HistoryRow> rows = sql.list(HISTORY, HistoryRow::read, stream.value());
    if (rows.isEmpty()) {
      return History.NONE;
    }
    HistoryRow any = rows.getFirst();
    List<Stretch> stretches = rows.stream().flatMap(row -> row.stretch().stream()).toList();
    return new History(any.seq(), any.number(), any.trimmed(), stretches);
  }

  /// A stream with forgotten events whose rows are still there.
  Optional<Reaping> nextToReap() throws SQLException {
    return sql.first(TO_REAP, Reaping::read);
  }

  void reaped(long stream, long upTo) throws SQLException {
    sql.updateOne(REAPED, upTo, stream);
  }

  private static StreamState readState(ResultSet row) throws SQLException {
    return new StreamState(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getString(6));
  }

  /// The rows of a stream after `after` and up to `upTo` are no longer needed.
  record Reaping(long stream, long after, long upTo) {
    private static Reaping read(ResultSet row) throws SQLException {
      return new Reaping(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  private record HistoryRow(long seq, long number, long trimmed, Optional<Stretch> stretch) {
    static HistoryRow read(ResultSet row) throws SQLException {
      Stretch stretch = new Stretch(row.getLong(4), row.getString(5));
      boolean isThere = !row.wasNull();
      return new HistoryRow(
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          isThere ? Optional.of(stretch) : Optional.empty());
    }
  }
}
