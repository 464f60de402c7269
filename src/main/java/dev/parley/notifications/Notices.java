package dev.parley.notifications;

import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// Reads notifications from their streams. A user's stream holds more than those; what is none is
/// passed over.
final class Notices {
  private final EventLog log;

  Notices(EventLog log) {
    this.log = log;
  }

  /// A notification in its place.
  ///
  /// @param number of the stream's notifications, which it is
  record Placed(StreamId stream, long seq, long number, Notification notification) {}

  /// The newest notifications before a seq, newest first.
  ///
  /// @param before where to go on
  /// @param more whether there may be further ones
  record Page(List<Placed> notices, long before, boolean more) {
    Page {
      notices = List.copyOf(notices);
    }
  }

  Future<Extent> extent(StreamId stream) {
    Future<Head> head = log.head(stream);
    Future<List<StoredEvent>> oldest = log.readCountedAfter(stream, 0, 1);
    return Future.all(head, oldest).map(_ -> extent(stream, head.result(), oldest.result()));
  }

  private static Extent extent(StreamId stream, Head head, List<StoredEvent> oldest) {
    long lastSeq = head.position().seq();
    return oldest.stream()
        .findFirst()
        .map(e -> new Extent(stream, e.stamp().number(), head.number(), e.seq(), lastSeq))
        .orElseGet(() -> new Extent(stream, head.number() + 1, head.number(), lastSeq, lastSeq));
  }

  Future<Page> before(StreamId stream, long seq, int limit) {
    return log.readCountedBefore(stream, seq, limit).map(found -> page(stream, found, limit));
  }

  private static Page page(StreamId stream, List<StoredEvent> found, int limit) {
    return new Page(
        found.stream().flatMap(event -> placed(stream, event).stream()).toList(),
        found.isEmpty() ? 0 : found.getLast().seq(),
        found.size() == limit);
  }

  /// The notification that an id names, if it is kept.
  Future<Optional<Placed>> find(StreamId stream, NoticeId id) {
    return after(stream, id.seq() - 1)
        .map(found -> found.filter(each -> each.notification().id().equals(id.toString())));
  }

  /// The first one after a seq.
  Future<Optional<Placed>> after(StreamId stream, long seq) {
    return log.readCountedAfter(stream, seq, 1)
        .map(found -> found.stream().findFirst().flatMap(event -> placed(stream, event)));
  }

  static Optional<Placed> placed(StreamId stream, StoredEvent stored) {
    return notification(stored)
        .map(it -> new Placed(stream, stored.seq(), stored.stamp().number(), it));
  }

  static Optional<Notification> notification(StoredEvent stored) {
    try {
      Event event = EventJson.decode(stored.payload());
      return event instanceof NotificationCreated(var notification)
          ? Optional.of(notification)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // of a newer node
    }
  }
}
