package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.Revision;
import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.History;
import dev.parley.store.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The events. Belongs to its connection's thread.
final class EventTable {
  private static final String INSERT =
      "INSERT INTO event(stream, seq, number, counted, revision, payload) VALUES(?, ?, ?, ?, 0, ?)";
  private static final String REVISION = "SELECT revision FROM event WHERE stream = ? AND seq = ?";
  private static final String REVISE =
      "UPDATE event SET payload = ?, revision = revision + 1 WHERE stream = ? AND seq = ?";
  private static final String EMPTY = "UPDATE event SET payload = x'' WHERE stream = ? AND seq = ?";
  private static final String DELETE =
      "DELETE FROM event WHERE stream = ? AND seq > ? AND seq <= ?";

  private static final String AFTER =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM stream s CROSS JOIN event e ON e.stream = s.id
      WHERE s.name = ? AND e.seq > max(?, s.trimmed)
      ORDER BY e.seq LIMIT ?\
      """;
  private static final String COUNTED_AFTER =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM stream s CROSS JOIN event e ON e.stream = s.id
      WHERE s.name = ? AND e.counted = 1 AND e.seq > max(?, s.trimmed)
      ORDER BY e.seq LIMIT ?\
      """;
  private static final String COUNTED_BEFORE =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM stream s CROSS JOIN event e ON e.stream = s.id
      WHERE s.name = ? AND e.counted = 1 AND e.seq < ? AND e.seq > s.trimmed
      ORDER BY e.seq DESC LIMIT ?\
      """;

  private static final String BYTES_AFTER =
      """
      SELECT sum(bytes) FROM (
        SELECT length(e.payload) AS bytes
        FROM stream s CROSS JOIN event e ON e.stream = s.id
        WHERE s.name = ? AND e.seq > max(?, s.trimmed)
        ORDER BY e.seq LIMIT 10000)\
      """;

  private static final String NEWEST_ID = "SELECT max(id) FROM event";
  private static final String CHANGES =
      """
      SELECT e.id, s.name, e.seq
      FROM event e CROSS JOIN stream s ON s.id = e.stream
      WHERE e.id > ? ORDER BY e.id LIMIT ?\
      """;

  private final Statements sql;
  private final StreamTable streams;

  EventTable(Statements sql, StreamTable streams) {
    this.sql = sql;
    this.streams = streams;
  }

  void insert(long stream, long seq, long number, NewEvent event) throws SQLException {
    sql.updateOne(INSERT, stream, seq, number, event.counted() ? 1 : 0, event.payload());
  }

  /// The revision of an event; -1 if there is no such event.
  int revisionOf(long stream, long seq) throws SQLException {
    return sql.first(REVISION, row -> row.getInt(1), stream, seq).orElse(-1);
  }

  void revise(long stream, Revision revision) throws SQLException {
    sql.updateOne(REVISE, revision.payload(), stream, revision.seq());
  }

  /// Forgets what an event says, but not that it was.
  void empty(long stream, long seq) throws SQLException {
    sql.updateOne(EMPTY, stream, seq);
  }

  void delete(long stream, long after, long upTo) throws SQLException {
    sql.updateAny(DELETE, stream, after, upTo);
  }

  List<StoredEvent> after(StreamId stream, long after, int limit) throws SQLException {
    return events(AFTER, stream, after, limit);
  }

  List<StoredEvent> countedAfter(StreamId stream, long after, int limit) throws SQLException {
    return events(COUNTED_AFTER, stream, after, limit);
  }

  List<StoredEvent> countedBefore(StreamId stream, long before, int limit) throws SQLException {
    return events(COUNTED_BEFORE, stream, before, limit);
  }

  /// How many bytes the payloads after `after` have, of up to 10,000 events.
  long bytesAfter(StreamId stream, long after) throws SQLException {
    return sql.number(BYTES_AFTER, stream.value(), after);
  }

  /// The newest event's id, which is the cursor behind everything.
  long newestId() throws SQLException {
    return sql.number(NEWEST_ID);
  }

  /// A cursor that the file never gave out (it was emptied or restored since) is answered
  /// truncated.
  Changes changesAfter(long cursor, int limit) throws SQLException {
    long newest = newestId();
    if (cursor > newest) {
      return new Changes(List.of(), newest, true);
    }
    List<IdentifiedChange> rows = sql.list(CHANGES, IdentifiedChange::read, cursor, limit);
    long reached = rows.isEmpty() ? cursor : rows.getLast().id();
    return new Changes(rows.stream().map(IdentifiedChange::change).toList(), reached, false);
  }

  /// The stretches are read after the events, so the stretch of every event is among them: a later
  /// one may have been added, none that an event still kept belongs to changes.
  private List<StoredEvent> events(String query, StreamId stream, long bound, int limit)
      throws SQLException {
    List<EventRow> rows = sql.list(query, EventRow::read, stream.value(), bound, limit);
    if (rows.isEmpty()) {
      return List.of();
    }
    History history = streams.history(stream);
    return rows.stream().map(row -> row.with(history)).toList();
  }

  private record IdentifiedChange(long id, Change change) {
    static IdentifiedChange read(ResultSet row) throws SQLException {
      return new IdentifiedChange(
          row.getLong(1), new Change(new StreamId(row.getString(2)), row.getLong(3)));
    }
  }

  private record EventRow(long seq, long number, int revision, boolean counted, byte[] payload) {
    static EventRow read(ResultSet row) throws SQLException {
      return new EventRow(
          row.getLong(1), row.getLong(2), row.getInt(3), row.getBoolean(4), row.getBytes(5));
    }

    StoredEvent with(History history) {
      return new StoredEvent(history.stamp(seq, number), revision, counted, payload);
    }
  }
}
