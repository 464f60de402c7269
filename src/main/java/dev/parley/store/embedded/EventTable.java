package dev.parley.store.embedded;

import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.Revision;
import java.sql.SQLException;

/// The events, to whoever writes them. Belongs to the writer's thread.
final class EventTable {
  private static final String INSERT =
      """
      INSERT INTO event(id, stream, seq, number, counted, revision, payload)
      VALUES(?, ?, ?, ?, ?, 0, ?)\
      """;
  private static final String REVISION = "SELECT revision FROM event WHERE id = ?";
  private static final String REVISE =
      "UPDATE event SET payload = ?, revision = revision + 1 WHERE id = ?";
  private static final String EMPTY = "UPDATE event SET payload = x'' WHERE id = ?";
  private static final String DELETE =
      """
      DELETE FROM event WHERE id IN
        (SELECT event FROM place WHERE stream = ? AND seq > ? AND seq <= ?)\
      """;
  private static final String DELETE_PLACES =
      "DELETE FROM place WHERE stream = ? AND seq > ? AND seq <= ?";

  /// What the column `counted` holds, together: it is older than what it holds now.
  static final int COUNTED = 1;

  static final int PLAIN = 2;

  private final Statements sql;
  private final EventPlaces places;

  EventTable(Statements sql, EventPlaces places) {
    this.sql = sql;
    this.places = places;
  }

  void insert(long stream, long seq, long number, NewEvent event) throws SQLException {
    long id = places.add(stream, seq, event.counted());
    sql.updateOne(INSERT, id, stream, seq, number, kindOf(event), event.payload());
  }

  /// The revision of an event; -1 if there is no such event.
  int revisionOf(long stream, long seq) throws SQLException {
    return sql.first(REVISION, row -> row.getInt(1), places.find(stream, seq)).orElse(-1);
  }

  void revise(long stream, Revision revision) throws SQLException {
    sql.updateOne(REVISE, revision.payload(), places.find(stream, revision.seq()));
  }

  /// Forgets what an event says, but not that it was.
  void empty(long stream, long seq) throws SQLException {
    sql.updateOne(EMPTY, places.find(stream, seq));
  }

  /// Removes events that all have their place.
  void delete(long stream, long after, long upTo) throws SQLException {
    sql.updateAny(DELETE, stream, after, upTo);
    sql.updateAny(DELETE_PLACES, stream, after, upTo);
  }

  private static int kindOf(NewEvent event) {
    return (event.counted() ? COUNTED : 0) | (event.plain() ? PLAIN : 0);
  }
}
