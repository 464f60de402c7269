package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Which events of rooms, and which notifications, are too old to be kept. Belongs to the writer's
/// thread.
///
/// Events bear no time of their own here. Once an hour the newest row is noted; whatever stands up
/// to a note is at least as old as that. So events are kept for an hour longer at most, and longer
/// by as long as the store was closed.
final class Retention {
  private static final Duration NOTED_EVERY = Duration.ofHours(1);
  private static final int EVENTS_A_STEP = 500;

  private static final String NEWEST_NOTE = "SELECT max(at) FROM age";
  private static final String NOTE =
      "INSERT INTO age(at, event) SELECT ?, coalesce(max(id), 0) FROM event";
  private static final String OLD = "SELECT event FROM age WHERE at <= ? ORDER BY at DESC LIMIT 1";
  private static final String DROP_NOTES =
      "DELETE FROM age WHERE at < (SELECT max(at) FROM age WHERE at <= ?)";
  private static final String EVENTS =
      """
      SELECT e.id, s.name, e.seq
      FROM event e CROSS JOIN stream s ON s.id = e.stream
      WHERE e.id > ? AND e.id <= ? ORDER BY e.id LIMIT ?\
      """;

  private final Statements sql;
  private final Notes notes;
  private final List<Rule> rules;
  private final Duration longest;

  /// How long events of some streams are kept.
  ///
  /// @param note where it is noted up to which row has been looked
  private record Rule(String note, Predicate<StreamId> streams, Duration kept) {}

  /// @param messages how long events of rooms are kept
  /// @param notifications how long those of users and of notifications for several are
  Retention(Statements sql, Notes notes, Duration messages, Duration notifications) {
    this.sql = sql;
    this.notes = notes;
    this.rules =
        List.of(
            new Rule("retention", stream -> stream.room().isPresent(), messages),
            new Rule("retention_notices", StreamId::isForNotifications, notifications));
    this.longest = messages.compareTo(notifications) > 0 ? messages : notifications;
  }

  /// Up to where streams are to be trimmed now: a bounded part of what is too old.
  ///
  /// @return empty if nothing else is
  Map<StreamId, Long> due(Instant now) throws SQLException {
    note(now);
    var due = new LinkedHashMap<StreamId, Long>();
    for (Rule rule : rules) {
      due.putAll(due(now, rule));
    }
    return due;
  }

  private Map<StreamId, Long> due(Instant now, Rule rule) throws SQLException {
    long last = sql.number(OLD, now.minus(rule.kept()).toEpochMilli());
    long lookedAt = notes.read(rule.note());
    if (last <= lookedAt) {
      return Map.of();
    }
    List<Old> part = sql.list(EVENTS, Old::read, lookedAt, last, EVENTS_A_STEP);
    notes.write(rule.note(), part.isEmpty() ? last : part.getLast().id());
    sql.updateAny(DROP_NOTES, now.minus(longest).toEpochMilli());
    return newest(part, rule.streams());
  }

  private void note(Instant now) throws SQLException {
    Instant newest = Instant.ofEpochMilli(sql.number(NEWEST_NOTE));
    if (!now.isBefore(newest.plus(NOTED_EVERY))) {
      sql.updateOne(NOTE, now.toEpochMilli());
    }
  }

  private static Map<StreamId, Long> newest(List<Old> events, Predicate<StreamId> which) {
    var newest = new LinkedHashMap<StreamId, Long>();
    for (Old event : events) {
      if (which.test(event.stream())) {
        newest.merge(event.stream(), event.seq(), Math::max);
      }
    }
    return newest;
  }

  private record Old(long id, StreamId stream, long seq) {
    static Old read(ResultSet row) throws SQLException {
      return new Old(row.getLong(1), new StreamId(row.getString(2)), row.getLong(3));
    }
  }
}
