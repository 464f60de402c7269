package dev.parley.rooms;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import java.util.List;

/// Makes an event part of its room's history, then tells the room.
final class RoomLog {
  private final EventLog log;
  private final MessageBus bus;

  RoomLog(EventLog log, MessageBus bus) {
    this.log = log;
    this.bus = bus;
  }

  /// Completes when the event is stored.
  ///
  /// @param puts records of the room written along
  Future<Stamp> append(RoomName room, Event event, List<RecordPut> puts) {
    return append(room, event, EventJson.encode(event), puts);
  }

  /// @param payload the event, encoded
  Future<Stamp> append(RoomName room, Event event, byte[] payload, List<RecordPut> puts) {
    NewEvent stored = new NewEvent(payload, false).asPlain();
    return log.append(Append.of(StreamId.of(room), stored).withPuts(puts))
        .map(RoomLog::stampIn)
        .onSuccess(stamp -> bus.publish(Envelope.durable(event, Topic.of(room), stamp, payload)));
  }

  private static Stamp stampIn(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended appended -> appended.last();
      case AppendResult.Behind _, AppendResult.Stale _ ->
          throw new IllegalStateException("an append without conditions was refused");
    };
  }
}
