package dev.parley.chat;

import dev.parley.protocol.ChatCommand.PageMessages;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.MessagesPage;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/// Reads the messages of a room as pages of a list: so many of the newest passed over. Where a page
/// begins is found by halves, so that the last page costs little more than the first.
final class Pages {
  private final EventLog log;
  private final int maxPage;

  Pages(EventLog log, int maxPage) {
    this.log = log;
    this.maxPage = maxPage;
  }

  Future<Outcome> read(PageMessages command) {
    if (command.limit() < 1 || command.limit() > maxPage) {
      return refuse("limit", "limit must be between 1 and " + maxPage);
    }
    if (command.offset() < 0) {
      return refuse("offset", "offset must not be negative");
    }
    if (command.offset() > 0 && command.after().isPresent()) {
      return refuse("offset", "offset cannot be there with after");
    }
    StreamId stream = StreamId.of(command.room());
    return log.head(stream).compose(head -> read(stream, command, head));
  }

  private Future<Outcome> read(StreamId stream, PageMessages command, Head head) {
    Future<Long> total = countKept(stream, head);
    Future<List<StoredEvent>> page = readPage(stream, command, head);
    return Future.all(total, page)
        .map(_ -> new MessagesPage(command.room(), place(page.result()), total.result()));
  }

  private Future<Long> countKept(StreamId stream, Head head) {
    return log.readCountedAfter(stream, 0, 1)
        .map(
            oldest ->
                oldest.isEmpty() ? 0 : head.number() - oldest.getFirst().stamp().number() + 1);
  }

  private Future<List<StoredEvent>> readPage(StreamId stream, PageMessages command, Head head) {
    long before = command.before().orElse(head.position().seq() + 1);
    if (command.after().isPresent()) {
      return log.readCountedAfter(stream, command.after().get(), command.limit())
          .map(page -> page.stream().filter(event -> event.seq() < before).toList().reversed());
    }
    return command.offset() == 0
        ? log.readCountedBefore(stream, before, command.limit())
        : readAfterOffset(stream, command, before);
  }

  private Future<List<StoredEvent>> readAfterOffset(
      StreamId stream, PageMessages command, long before) {
    return log.readCountedBefore(stream, before, 1)
        .map(newest -> newest.stream().findFirst())
        .compose(newest -> readAfterOffset(stream, command, newest));
  }

  private Future<List<StoredEvent>> readAfterOffset(
      StreamId stream, PageMessages command, Optional<StoredEvent> newest) {
    long number = newest.map(event -> event.stamp().number()).orElse(0L) - command.offset();
    return number < 1
        ? Future.succeededFuture(List.of())
        : findBehind(stream, number, 1, newest.orElseThrow().seq())
            .compose(before -> log.readCountedBefore(stream, before, command.limit()));
  }

  /// The place of the first event that comes after the message with this number and its equals;
  /// known to lie in `low` to `high`.
  private Future<Long> findBehind(StreamId stream, long number, long low, long high) {
    if (low >= high) {
      return Future.succeededFuture(low);
    }
    long middle = (low + high) >>> 1;
    return log.read(stream, middle - 1, 1)
        .compose(
            found ->
                isBehind(found, number)
                    ? findBehind(stream, number, low, middle)
                    : findBehind(stream, number, middle + 1, high));
  }

  private static boolean isBehind(List<StoredEvent> found, long number) {
    return found.isEmpty() || found.getFirst().stamp().number() > number;
  }

  private static List<PlacedMessage> place(List<StoredEvent> page) {
    return page.stream()
        .map(
            event -> new PlacedMessage(event.stamp().position(), Messages.toFound(event).message()))
        .toList();
  }

  private static Future<Outcome> refuse(String field, String text) {
    return Future.succeededFuture(Rejection.invalid(field, text));
  }
}
