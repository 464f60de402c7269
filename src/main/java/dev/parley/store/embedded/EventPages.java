package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.History;
import dev.parley.store.StoredEvent;
import dev.parley.store.embedded.RecentEvents.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The events, to whoever reads them. Belongs to its connection's thread.
///
/// Newer events of a stream are in [RecentEvents], older ones have their place in the file, and for
/// a while some are in both. The recent ones are always asked first.
final class EventPages {
  private static final String STREAM = "SELECT id, trimmed FROM stream WHERE name = ?";

  private static final String PLACED =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM place p CROSS JOIN event e ON e.id = p.event
      WHERE p.stream = ? AND p.seq > ? AND p.seq < ?
      ORDER BY p.seq LIMIT ?\
      """;
  private static final String COUNTED_PLACED =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM place p CROSS JOIN event e ON e.id = p.event
      WHERE p.stream = ? AND p.seq > ? AND p.seq < ? AND p.counted = 1
      ORDER BY p.seq LIMIT ?\
      """;
  private static final String COUNTED_PLACED_BACKWARDS =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM place p CROSS JOIN event e ON e.id = p.event
      WHERE p.stream = ? AND p.seq > ? AND p.seq < ? AND p.counted = 1
      ORDER BY p.seq DESC LIMIT ?\
      """;
  private static final String RECENT =
      """
      SELECT e.seq, e.number, e.revision, e.counted, e.payload
      FROM json_each(?) id CROSS JOIN event e ON e.id = id.value
      WHERE e.stream = ?\
      """;

  private static final String PLACED_LENGTHS =
      """
      SELECT length(e.payload)
      FROM place p CROSS JOIN event e ON e.id = p.event
      WHERE p.stream = ? AND p.seq > ? AND p.seq < ?
      ORDER BY p.seq LIMIT ?\
      """;
  private static final String RECENT_LENGTH =
      """
      SELECT sum(length(e.payload))
      FROM json_each(?) id CROSS JOIN event e ON e.id = id.value
      WHERE e.stream = ?\
      """;
  private static final int LENGTHS_LOOKED_AT = 10_000;

  private static final String NEWEST_ID = "SELECT max(id) FROM event";
  private static final String CHANGES =
      """
      SELECT e.id, s.name, e.seq, e.counted
      FROM event e CROSS JOIN stream s ON s.id = e.stream
      WHERE e.id > ? ORDER BY e.id LIMIT ?\
      """;

  private final Statements sql;
  private final StreamTable streams;
  private final RecentEvents recent;

  EventPages(Statements sql, StreamTable streams, RecentEvents recent) {
    this.sql = sql;
    this.streams = streams;
    this.recent = recent;
  }

  List<StoredEvent> after(StreamId stream, long after, int limit) throws SQLException {
    Kept kept = kept(stream, after);
    return upwards(PLACED, kept, recent.after(kept.id(), kept.after(), limit), limit);
  }

  List<StoredEvent> countedAfter(StreamId stream, long after, int limit) throws SQLException {
    Kept kept = kept(stream, after);
    return upwards(
        COUNTED_PLACED, kept, recent.countedAfter(kept.id(), kept.after(), limit), limit);
  }

  List<StoredEvent> countedBefore(StreamId stream, long before, int limit) throws SQLException {
    Kept kept = kept(stream, 0);
    Found found = recent.countedBetween(kept.id(), kept.after(), before, limit);
    List<EventRow> rows = recent(kept, found.ids());
    rows.sort(Comparator.comparingLong(EventRow::seq).reversed());
    rows.subList(Math.min(limit, rows.size()), rows.size()).clear();
    if (rows.size() < limit) {
      long end = Math.min(before, found.firstSeq());
      rows.addAll(placed(COUNTED_PLACED_BACKWARDS, kept, end, limit - rows.size()));
    }
    return events(stream, rows);
  }

  /// How many bytes the payloads after `after` have, of up to 10,000 events.
  long bytesAfter(StreamId stream, long after) throws SQLException {
    Kept kept = kept(stream, after);
    Found found = recent.after(kept.id(), kept.after(), LENGTHS_LOOKED_AT);
    List<Long> placed =
        sql.list(
            PLACED_LENGTHS,
            row -> row.getLong(1),
            kept.id(),
            kept.after(),
            found.firstSeq(),
            LENGTHS_LOOKED_AT);
    List<Long> ids = first(found.ids(), LENGTHS_LOOKED_AT - placed.size());
    return placed.stream().mapToLong(Long::longValue).sum()
        + sql.number(RECENT_LENGTH, ids.toString(), kept.id());
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

  private Kept kept(StreamId stream, long after) throws SQLException {
    return sql.first(STREAM, row -> Kept.read(row, stream, after), stream.value())
        .orElse(new Kept(stream, 0, after));
  }

  private List<StoredEvent> upwards(String query, Kept kept, Found found, int limit)
      throws SQLException {
    List<EventRow> rows = new ArrayList<>(placed(query, kept, found.firstSeq(), limit));
    List<EventRow> newer = recent(kept, first(found.ids(), limit - rows.size()));
    newer.sort(Comparator.comparingLong(EventRow::seq));
    rows.addAll(newer);
    return events(kept.stream(), rows);
  }

  /// Events before `end` that have their place.
  private List<EventRow> placed(String query, Kept kept, long end, int limit) throws SQLException {
    return end <= kept.after() + 1
        ? List.of()
        : sql.list(query, EventRow::read, kept.id(), kept.after(), end, limit);
  }

  /// Those of these ids that are committed, in no order.
  private List<EventRow> recent(Kept kept, List<Long> ids) throws SQLException {
    return ids.isEmpty()
        ? new ArrayList<>()
        : sql.list(RECENT, EventRow::read, ids.toString(), kept.id());
  }

  /// The stretches are read after the events, so the stretch of every event is among them: a later
  /// one may have been added, none that an event still kept belongs to changes.
  private List<StoredEvent> events(StreamId stream, List<EventRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return List.of();
    }
    History history = streams.history(stream);
    return rows.stream().map(row -> row.with(history)).toList();
  }

  private static List<Long> first(List<Long> ids, int count) {
    return ids.size() <= count ? ids : ids.subList(0, count);
  }

  /// The events of a stream after one, as far as they are kept.
  ///
  /// @param id what the stream is called in the file; 0 if there is no such stream
  private record Kept(StreamId stream, long id, long after) {
    static Kept read(ResultSet row, StreamId stream, long after) throws SQLException {
      return new Kept(stream, row.getLong(1), Math.max(after, row.getLong(2)));
    }
  }

  private record IdentifiedChange(long id, Change change) {
    static IdentifiedChange read(ResultSet row) throws SQLException {
      boolean plain = (row.getInt(4) & EventTable.PLAIN) != 0;
      return new IdentifiedChange(
          row.getLong(1), new Change(new StreamId(row.getString(2)), row.getLong(3), plain));
    }
  }

  private record EventRow(long seq, long number, int revision, boolean counted, byte[] payload) {
    static EventRow read(ResultSet row) throws SQLException {
      boolean counted = (row.getInt(4) & EventTable.COUNTED) != 0;
      return new EventRow(row.getLong(1), row.getLong(2), row.getInt(3), counted, row.getBytes(5));
    }

    StoredEvent with(History history) {
      return new StoredEvent(history.stamp(seq, number), revision, counted, payload);
    }
  }
}
