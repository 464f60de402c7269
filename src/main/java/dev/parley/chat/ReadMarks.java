package dev.parley.chat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.Marked;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.Marks;
import dev.parley.store.Marks.Mark;
import dev.parley.store.Marks.Raised;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Keeps how far users have read, and tells the room when somebody has read further.
final class ReadMarks {
  private static final int MAX_NAMED = 200;

  private final EventLog log;
  private final Marks marks;
  private final ReadNews news;
  private final InstantSource clock;

  ReadMarks(EventLog log, Marks marks, ReadNews news, InstantSource clock) {
    this.log = log;
    this.marks = marks;
    this.news = news;
    this.clock = clock;
  }

  Future<Outcome> mark(Caller caller, MarkRead command) {
    if (command.messages().isEmpty() || command.messages().size() > MAX_NAMED) {
      return Future.succeededFuture(
          Rejection.invalid("message_ids", "name 1–" + MAX_NAMED + " messages"));
    }
    return log.head(StreamId.of(command.room()))
        .compose(
            head -> resolve(command, head).compose(read -> raise(caller, command, head, read)));
  }

  private Future<List<ReadEvent>> resolve(MarkRead command, Head head) {
    List<Future<Optional<ReadEvent>>> lookups =
        command.messages().stream().map(ref -> resolve(command.room(), ref, head)).toList();
    return Future.all(lookups).map(_ -> known(lookups));
  }

  private static List<ReadEvent> known(List<Future<Optional<ReadEvent>>> lookups) {
    return lookups.stream()
        .map(Future::result)
        .flatMap(Optional::stream)
        .distinct()
        .sorted(Comparator.comparingLong(ReadEvent::seq))
        .toList();
  }

  private Future<Optional<ReadEvent>> resolve(RoomName room, MessageRef ref, Head head) {
    OptionalLong wanted = ref.seqIn(room);
    long end = head.position().seq();
    if (wanted.isEmpty() || end == 0) {
      return Future.succeededFuture(Optional.empty());
    }
    // nobody can have read beyond the end
    long seq = Math.min(wanted.getAsLong(), end);
    return log.read(StreamId.of(room), seq - 1, 1)
        .map(found -> found.stream().findFirst().flatMap(event -> ReadEvent.of(ref, seq, event)));
  }

  private Future<Outcome> raise(Caller caller, MarkRead command, Head head, List<ReadEvent> read) {
    if (read.isEmpty()) {
      return Future.succeededFuture(MessageChanges.notFound());
    }
    ReadEvent newest = read.getLast();
    return marks
        .raise(command.room(), caller.user(), new Mark(newest.seq(), newest.number()))
        .map(raised -> tell(caller, command.room(), head, read, raised));
  }

  private Outcome tell(
      Caller caller, RoomName room, Head head, List<ReadEvent> read, Raised raised) {
    if (raised.rose()) {
      news.tell(
          new ChatRead(
              room,
              caller.user(),
              caller.username(),
              raised.mark().seq(),
              read.stream().map(ReadEvent::seq).toList(),
              read.stream().flatMap(event -> event.messageId().stream()).toList(),
              clock.instant()));
    }
    return new Marked(
        room, raised.mark().seq(), raised.mark().unreadOf(head.number()), countMessages(read));
  }

  private static int countMessages(List<ReadEvent> read) {
    return (int) read.stream().filter(event -> event.messageId().isPresent()).count();
  }

  /// @param number how many messages there were up to it
  /// @param messageId if it is a message
  private record ReadEvent(long seq, long number, Optional<String> messageId) {

    /// @param stored the event at `seq` or, if that is no longer kept, the first after it
    /// @return empty if something else stands there than is named
    static Optional<ReadEvent> of(MessageRef ref, long seq, StoredEvent stored) {
      if (stored.seq() != seq) {
        long before = stored.stamp().number() - (stored.counted() ? 1 : 0);
        return Optional.of(new ReadEvent(seq, before, Optional.empty()));
      }
      Optional<ChatMessage> message =
          stored.counted() ? Optional.of(Messages.toFound(stored).message()) : Optional.empty();
      Optional<String> id = message.map(ChatMessage::messageId);
      return ref.admits(message)
          ? Optional.of(new ReadEvent(seq, stored.stamp().number(), id))
          : Optional.empty();
    }
  }
}
