package dev.parley.chat;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Position;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.Stored;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.Revision;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Changes a stored message: reads it, decides, and writes message and event in one append, which
/// is refused if anybody changed the message meanwhile; then from the start.
final class MessageReviser {
  static final int MAX_ATTEMPTS = 64;

  /// A message with its reactions; just below what the store takes.
  private static final int MAX_REVISED_BYTES = (1 << 20) - (4 << 10);

  private final EventLog log;
  private final Messages messages;
  private final MessageBus bus;
  private final MessageLanes lanes = new MessageLanes();

  MessageReviser(EventLog log, Messages messages, MessageBus bus) {
    this.log = log;
    this.messages = messages;
    this.bus = bus;
  }

  Future<Outcome> revise(RoomName room, MessageRef ref, Function<Found, Future<Change>> decision) {
    OptionalLong seq = ref.seqIn(room);
    return seq.isPresent()
        ? inLane(new Wish(room, ref, seq.getAsLong(), decision))
        : Future.succeededFuture(MessageChanges.notFound());
  }

  private Future<Outcome> inLane(Wish wish) {
    return lanes.run(wish.room(), wish.seq(), () -> attempt(wish, 1));
  }

  private Future<Outcome> attempt(Wish wish, int number) {
    return messages.at(wish.room(), wish.seq()).compose(found -> decide(wish, found, number));
  }

  private Future<Outcome> decide(Wish wish, Optional<Found> found, int number) {
    return found.isEmpty() || !wish.ref().admits(found.map(Found::message))
        ? Future.succeededFuture(MessageChanges.notFound())
        : wish.decision()
            .apply(found.get())
            .compose(change -> carryOut(wish, found.get(), change, number));
  }

  private Future<Outcome> carryOut(Wish wish, Found found, Change change, int number) {
    return switch (change) {
      case Change.Refused(var rejection) -> Future.succeededFuture(rejection);
      case Change.Unchanged() ->
          Future.succeededFuture(
              stored(found.message(), found.position(), found.message().at(), true));
      case Change.Changed changed -> store(wish, found, changed, number);
    };
  }

  private Future<Outcome> store(Wish wish, Found found, Change.Changed changed, int number) {
    byte[] revised = EventJson.encode(new ChatPosted(changed.revised()));
    byte[] event = EventJson.encode(changed.event());
    if (Math.max(revised.length, event.length) > MAX_REVISED_BYTES) {
      return Future.succeededFuture(SendRules.tooLong());
    }
    Append append =
        Append.of(StreamId.of(wish.room()), new NewEvent(event, false).asPlain())
            .withRevisions(revisions(found, changed, revised))
            .withPuts(changed.edits().stream().map(EditHistory::put).toList());
    return log.append(append).compose(result -> conclude(wish, changed, event, result, number));
  }

  /// The message, and the events of earlier edits that the change replaces.
  private static List<Revision> revisions(Found found, Change.Changed changed, byte[] revised) {
    List<Revision> revisions = new ArrayList<>();
    revisions.add(new Revision(found.seq(), found.revision(), revised));
    for (PastEdit edit : changed.edits()) {
      if (edit.seq() > 0) {
        ChatEvent redacted = MessageChanges.redacted(changed.revised(), found.seq(), edit);
        revisions.add(new Revision(edit.seq(), 0, EventJson.encode(redacted)));
      }
    }
    return revisions;
  }

  private Future<Outcome> conclude(
      Wish wish, Change.Changed changed, byte[] event, AppendResult result, int number) {
    return switch (result) {
      case AppendResult.Appended appended ->
          Future.succeededFuture(tell(changed, event, appended.last()));
      case AppendResult.Stale _, AppendResult.Behind _ ->
          number < MAX_ATTEMPTS
              ? attempt(wish, number + 1)
              : Future.succeededFuture(
                  Rejection.of(ErrorCode.CONFLICT, "The message is changing too fast"));
    };
  }

  private Outcome tell(Change.Changed changed, byte[] event, Stamp stamp) {
    ChatMessage message = changed.revised();
    bus.publish(Envelope.durable(changed.event(), Topic.of(message.room()), stamp, event));
    return stored(message, stamp.position(), changed.at(), false);
  }

  private static Stored stored(ChatMessage message, Position at, Instant time, boolean repeated) {
    return new Stored(message.room(), at, message.messageId(), time, repeated);
  }

  private record Wish(
      RoomName room, MessageRef ref, long seq, Function<Found, Future<Change>> decision) {}
}
