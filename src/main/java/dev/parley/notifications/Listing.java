package dev.parley.notifications;

import dev.parley.notifications.Notices.Page;
import dev.parley.notifications.Notices.Placed;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Answers what there is for a user: their own notifications, those for all, those for their roles,
/// in one order.
final class Listing {
  private static final int MAX_LIMIT = 200;
  private static final Comparator<Placed> NEWEST_FIRST =
      Comparator.comparing((Placed each) -> each.notification().id()).reversed();

  private final Notices notices;
  private final MarkBook book;

  Listing(Notices notices, MarkBook book) {
    this.notices = notices;
    this.book = book;
  }

  Future<Outcome> list(Caller caller, ListNotifications command) {
    Optional<NoticeId> before = command.before().flatMap(NoticeId::parse);
    if (command.before().isPresent() && before.isEmpty()) {
      return Future.succeededFuture(Rejection.invalid("before", "before is no notification's id"));
    }
    if (command.limit() < 1 || command.limit() > MAX_LIMIT) {
      return Future.succeededFuture(Rejection.invalid("limit", "limit must be 1–" + MAX_LIMIT));
    }
    Future<UserMarks> marks = book.get(caller.user());
    Future<List<Extent>> extents = extents(caller);
    return Future.all(marks, extents)
        .compose(_ -> list(command, before, marks.result(), extents.result()));
  }

  /// What there is now of each stream that is for the caller.
  Future<List<Extent>> extents(Caller caller) {
    return all(Streams.visibleTo(caller).stream().map(notices::extent).toList());
  }

  private Future<Outcome> list(
      ListNotifications command, Optional<NoticeId> before, UserMarks marks, List<Extent> extents) {
    List<Future<List<Placed>>> parts =
        extents.stream()
            .filter(extent -> extent.count() > 0)
            .map(extent -> wish(command, marks, extent))
            .map(wish -> find(wish, before))
            .toList();
    return all(parts).map(found -> toReply(command, marks, extents, found));
  }

  private static Wish wish(ListNotifications command, UserMarks marks, Extent extent) {
    StreamMarks own = marks.of(extent.stream());
    return new Wish(extent, command.unreadOnly() ? own.read() : own.cleared(), command.limit() + 1);
  }

  private Future<List<Placed>> find(Wish wish, Optional<NoticeId> before) {
    Extent extent = wish.extent();
    long end = extent.lastSeq() + 1;
    return before
        .map(id -> seqOf(id, extent))
        .orElseGet(() -> Future.succeededFuture(end))
        .compose(seq -> collect(wish, Math.min(seq, end), new ArrayList<>()));
  }

  private Future<List<Placed>> collect(Wish wish, long before, List<Placed> found) {
    return notices
        .before(wish.extent().stream(), before, wish.count())
        .compose(page -> collect(wish, page, found));
  }

  private Future<List<Placed>> collect(Wish wish, Page page, List<Placed> found) {
    page.notices().stream().filter(wish::admits).forEach(found::add);
    return wish.isMet(page, found)
        ? Future.succeededFuture(found)
        : collect(wish, page.before(), found);
  }

  /// Where in a stream that begins which is not older than `id`.
  private Future<Long> seqOf(NoticeId id, Extent extent) {
    return id.isOf(extent.stream())
        ? Future.succeededFuture(id.seq())
        : search(id.toString(), extent, extent.firstSeq(), extent.lastSeq());
  }

  /// All before `from` are older, all after `to` are not.
  private Future<Long> search(String id, Extent extent, long from, long to) {
    if (from > to) {
      return Future.succeededFuture(from);
    }
    long middle = from + (to - from) / 2;
    return notices
        .after(extent.stream(), middle - 1)
        .compose(
            found -> {
              boolean older =
                  found
                      .filter(each -> each.seq() <= to)
                      .filter(each -> each.notification().id().compareTo(id) < 0)
                      .isPresent();
              return older
                  ? search(id, extent, found.get().seq() + 1, to)
                  : search(id, extent, from, middle - 1);
            });
  }

  private static Reply toReply(
      ListNotifications command, UserMarks marks, List<Extent> extents, List<List<Placed>> found) {
    List<Placed> all = found.stream().flatMap(List::stream).sorted(NEWEST_FIRST).toList();
    return new Reply.Notifications(
        all.stream().limit(command.limit()).map(each -> received(each, marks)).toList(),
        unread(marks, extents),
        all.size() > command.limit());
  }

  private static Notification.Received received(Placed placed, UserMarks marks) {
    boolean read = marks.of(placed.stream()).read().contains(placed.number());
    return new Notification.Received(placed.notification(), read);
  }

  static long unread(UserMarks marks, List<Extent> extents) {
    return extents.stream().mapToLong(extent -> marks.of(extent.stream()).unreadOf(extent)).sum();
  }

  static <T> Future<List<T>> all(List<Future<T>> futures) {
    return Future.all(futures).map(_ -> futures.stream().map(Future::result).toList());
  }

  /// What is looked for in a stream.
  ///
  /// @param hidden numbers that are not wanted
  private record Wish(Extent extent, Ranges hidden, int count) {
    boolean admits(Placed placed) {
      return !hidden.contains(placed.number());
    }

    boolean isMet(Page page, List<Placed> found) {
      return found.size() >= count
          || !page.more()
          || (!page.notices().isEmpty()
              && hidden.hasAllUpTo(page.notices().getLast().number() - 1));
    }
  }
}
