package dev.parley.chat;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.Stored;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.IdempotencyKey;
import dev.parley.store.Marks.Mark;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Posts messages. Those of a room are appended without waiting for each other; the store completes
/// them in their order, so they are told and answered in it.
final class Poster {
  private final EventLog log;
  private final Messages messages;
  private final MessageBus bus;
  private final OwnMarks ownMarks;
  private final DeliveryReports reports;
  private final InstantSource clock;

  Poster(
      EventLog log,
      Messages messages,
      MessageBus bus,
      OwnMarks ownMarks,
      DeliveryReports reports,
      InstantSource clock) {
    this.log = log;
    this.messages = messages;
    this.bus = bus;
    this.ownMarks = ownMarks;
    this.reports = reports;
    this.clock = clock;
  }

  Future<Outcome> post(Caller caller, SendMessage command) {
    Optional<Rejection> refusal = SendRules.refuse(caller, command);
    if (refusal.isPresent()) {
      return Future.succeededFuture(refusal.get());
    }
    ChatMessage message = command.toMessage(caller, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    byte[] payload = EventJson.encode(new ChatPosted(message));
    if (payload.length > SendRules.MAX_STORED_BYTES) {
      return Future.succeededFuture(SendRules.tooLong());
    }
    return log.append(toAppend(message, payload))
        .compose(result -> conclude(message, payload, command.receipt(), result));
  }

  private static Append toAppend(ChatMessage message, byte[] payload) {
    NewEvent event = new NewEvent(payload, true, message.mentions().isEmpty());
    Append append = Append.of(StreamId.of(message.room()), event);
    return message
        .clientMessageId()
        .map(id -> append.withKey(IdempotencyKey.of(message.sender(), id)))
        .orElse(append);
  }

  private Future<Outcome> conclude(
      ChatMessage message, byte[] payload, boolean receipt, AppendResult result) {
    return switch (result) {
      case AppendResult.Appended(var stamps, var repeated) ->
          repeated
              ? answerAgain(message.room(), stamps.getLast())
              : Future.succeededFuture(tell(message, payload, receipt, stamps.getLast()));
      case AppendResult.Behind _, AppendResult.Stale _ ->
          throw new IllegalStateException("an append without conditions was refused");
    };
  }

  private Outcome tell(ChatMessage posted, byte[] payload, boolean receipt, Stamp stamp) {
    ChatMessage message = posted.placedAt(stamp.seq());
    bus.publish(
        Envelope.durable(new ChatPosted(message), Topic.of(message.room()), stamp, payload));
    ownMarks.note(message.room(), message.sender(), new Mark(stamp.seq(), stamp.number()));
    if (receipt) {
      reports.report(message, stamp.seq());
    }
    return new Stored(message.room(), stamp.position(), message.messageId(), message.at(), false);
  }

  /// What was said when the message was posted first.
  private Future<Outcome> answerAgain(RoomName room, Stamp first) {
    return messages
        .at(room, first.seq())
        .map(found -> found.<Outcome>map(Poster::toRepeated).orElseGet(Poster::noLongerKept));
  }

  private static Stored toRepeated(Found first) {
    ChatMessage message = first.message();
    return new Stored(message.room(), first.position(), message.messageId(), message.at(), true);
  }

  private static Rejection noLongerKept() {
    return Rejection.of(ErrorCode.CONFLICT, "This message was posted and is no longer kept");
  }
}
