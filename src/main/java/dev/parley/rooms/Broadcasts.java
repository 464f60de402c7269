package dev.parley.rooms;

import dev.parley.protocol.Caller;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.RecordMessage;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/// Brings an application's own messages to a room: kept in its history, or said once.
final class Broadcasts {
  /// What the store takes.
  private static final int MAX_STORED_BYTES = 1 << 20;

  private final RoomLog log;
  private final Announcer announcer;
  private final InstantSource clock;

  Broadcasts(RoomLog log, Announcer announcer, InstantSource clock) {
    this.log = log;
    this.announcer = announcer;
    this.clock = clock;
  }

  Future<Outcome> send(Caller caller, BroadcastToRoom command) {
    RoomMessage message =
        new RoomMessage(
            command.room(),
            caller.user(),
            caller.username(),
            command.event(),
            command.message(),
            command.data(),
            clock.instant());
    if (!command.durable()) {
      announcer.tell(message);
      return Future.succeededFuture(Reply.DONE);
    }
    return keep(command.room(), message);
  }

  /// Keeps what a verticle gave, as it was given.
  Future<Outcome> keep(RecordMessage command) {
    return keep(command.room(), new CustomMessage(command.message()));
  }

  private Future<Outcome> keep(RoomName room, Event message) {
    if (!RoomPolicy.isConversation(room)) {
      return Future.succeededFuture(Rejection.invalid("durable", "This room keeps no history"));
    }
    byte[] payload = EventJson.encode(message);
    return payload.length > MAX_STORED_BYTES
        ? Future.succeededFuture(Rejection.invalid("data", "The message is too long"))
        : log.append(room, message, payload, List.of())
            .map(stamp -> new Reply.Recorded(room, stamp.position()));
  }
}
