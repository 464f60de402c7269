package dev.parley.notifications;

import dev.parley.bus.MessageBus;
import dev.parley.notifications.MarkBook.Changed;
import dev.parley.notifications.Notices.Placed;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps that a user has read or cleared notifications, and tells all of their connections. It is
/// told even if nothing changed: who asked knows by that.
final class Marker {
  private static final int MAX_NAMED = 200;

  private final Notices notices;
  private final Listing listing;
  private final MarkBook book;
  private final MessageBus bus;
  private final InstantSource clock;

  Marker(Notices notices, Listing listing, MarkBook book, MessageBus bus, InstantSource clock) {
    this.notices = notices;
    this.listing = listing;
    this.book = book;
    this.bus = bus;
    this.clock = clock;
  }

  /// @param ids empty for all
  Future<Outcome> mark(Caller caller, Marking marking, List<String> ids) {
    if (ids.size() > MAX_NAMED) {
      return Future.succeededFuture(
          Rejection.invalid("notification_ids", "name at most " + MAX_NAMED + " notifications"));
    }
    Future<List<Extent>> extents = listing.extents(caller);
    Future<List<Placed>> named = find(caller, ids);
    return Future.all(extents, named)
        .compose(
            _ ->
                ids.isEmpty()
                    ? markAll(caller, marking, extents.result())
                    : mark(caller, marking, named.result(), extents.result()));
  }

  private Future<List<Placed>> find(Caller caller, List<String> ids) {
    List<StreamId> streams = Streams.visibleTo(caller);
    List<Future<Optional<Placed>>> lookups =
        ids.stream().distinct().map(id -> find(streams, id)).toList();
    return Listing.all(lookups).map(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private Future<Optional<Placed>> find(List<StreamId> streams, String text) {
    Optional<NoticeId> id = NoticeId.parse(text);
    return streams.stream()
        .filter(stream -> id.filter(it -> it.isOf(stream)).isPresent())
        .findFirst()
        .map(stream -> notices.find(stream, id.orElseThrow()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Outcome> markAll(Caller caller, Marking marking, List<Extent> extents) {
    UnaryOperator<UserMarks> change =
        marks -> {
          UserMarks after = marks;
          for (Extent extent : extents) {
            after = add(after, marking, extent.stream(), 1, extent.last());
          }
          return after;
        };
    return update(caller, marking, List.of(), extents, change);
  }

  private Future<Outcome> mark(
      Caller caller, Marking marking, List<Placed> named, List<Extent> extents) {
    if (named.isEmpty()) {
      return Future.succeededFuture(
          Rejection.of(ErrorCode.NOT_FOUND, "There is no such notification"));
    }
    UnaryOperator<UserMarks> change =
        marks -> {
          UserMarks after = marks;
          for (Placed each : named) {
            after = add(after, marking, each.stream(), each.number(), each.number());
          }
          return after;
        };
    List<String> ids = named.stream().map(each -> each.notification().id()).toList();
    return update(caller, marking, ids, extents, change);
  }

  private static UserMarks add(
      UserMarks marks, Marking marking, StreamId stream, long first, long last) {
    StreamMarks own = marks.of(stream);
    return marks.with(
        stream,
        switch (marking) {
          case READ -> own.withRead(first, last);
          case CLEARED -> own.withCleared(first, last);
        });
  }

  private Future<Outcome> update(
      Caller caller,
      Marking marking,
      List<String> ids,
      List<Extent> extents,
      UnaryOperator<UserMarks> change) {
    return book.update(caller.user(), marks -> compact(marks, change.apply(marks), extents))
        .map(changed -> tell(caller, marking, ids, extents, changed));
  }

  /// Where nothing is added nothing is to be written.
  private static UserMarks compact(UserMarks before, UserMarks after, List<Extent> extents) {
    if (after.equals(before)) {
      return before;
    }
    UserMarks compact = after.forgettingOthersThan(extents.stream().map(Extent::stream).toList());
    for (Extent extent : extents) {
      StreamMarks marks = compact.of(extent.stream());
      compact = marks.isEmpty() ? compact : compact.with(extent.stream(), marks.from(extent));
    }
    return compact;
  }

  private Outcome tell(
      Caller caller, Marking marking, List<String> ids, List<Extent> extents, Changed changed) {
    long unread = Listing.unread(changed.after(), extents);
    bus.publish(
        Envelope.ephemeral(
            new NotificationsMarked(
                caller.user(),
                marking,
                ids,
                unread,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            Topic.of(caller.user())));
    return new Reply.NotificationsMarked(
        extents.stream().mapToLong(extent -> added(marking, extent, changed)).sum(), unread);
  }

  private static long added(Marking marking, Extent extent, Changed changed) {
    return count(marking, extent, changed.after()) - count(marking, extent, changed.before());
  }

  private static long count(Marking marking, Extent extent, UserMarks marks) {
    StreamMarks own = marks.of(extent.stream());
    Ranges ranges =
        switch (marking) {
          case READ -> own.read();
          case CLEARED -> own.cleared();
        };
    return ranges.countWithin(extent.first(), extent.last());
  }
}
