package dev.parley.chat;

import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.HistoryPage;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.List;

/// Reads the messages of a room page by page, as they are now.
final class History {
  private final EventLog log;
  private final int maxPage;

  History(EventLog log, int maxPage) {
    this.log = log;
    this.maxPage = maxPage;
  }

  Future<Outcome> read(ReadHistory command) {
    if (command.limit() < 1 || command.limit() > maxPage) {
      return Future.succeededFuture(
          Rejection.invalid("limit", "limit must be between 1 and " + maxPage));
    }
    StreamId stream = StreamId.of(command.room());
    Future<Head> head = log.head(stream);
    Future<List<StoredEvent>> events = readOneMore(stream, command);
    return Future.all(head, events).map(_ -> toPage(command, events.result(), head.result()));
  }

  /// One more than asked for, to know whether there is more.
  private Future<List<StoredEvent>> readOneMore(StreamId stream, ReadHistory command) {
    int limit = command.limit() + 1;
    long before = command.before().orElse(Long.MAX_VALUE);
    return command
        .after()
        .map(after -> log.readCountedAfter(stream, after, limit).map(page -> until(page, before)))
        .orElseGet(() -> log.readCountedBefore(stream, before, limit));
  }

  private static List<StoredEvent> until(List<StoredEvent> ascending, long before) {
    return ascending.stream().takeWhile(event -> event.seq() < before).toList();
  }

  private static HistoryPage toPage(ReadHistory command, List<StoredEvent> read, Head head) {
    boolean more = read.size() > command.limit();
    List<StoredEvent> page = more ? read.subList(0, command.limit()) : read;
    List<StoredEvent> ascending = command.after().isPresent() ? page : page.reversed();
    return new HistoryPage(
        command.room(), ascending.stream().map(History::place).toList(), more, head.position());
  }

  private static PlacedMessage place(StoredEvent event) {
    return new PlacedMessage(event.stamp().position(), Messages.toFound(event).message());
  }
}
