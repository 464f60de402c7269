package dev.parley.chat;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.Optional;

/// Finds messages in the log.
final class Messages {
  private final EventLog log;

  Messages(EventLog log) {
    this.log = log;
  }

  /// The message at `seq`; empty if there is something else, or nothing (any more).
  Future<Optional<Found>> at(RoomName room, long seq) {
    return log.read(StreamId.of(room), seq - 1, 1)
        .map(events -> events.stream().filter(event -> event.seq() == seq).findFirst())
        .map(event -> event.filter(StoredEvent::counted).map(Messages::toFound));
  }

  /// Reads a counted event: all of a room's are messages.
  static Found toFound(StoredEvent stored) {
    if (EventJson.decode(stored.payload(), stored.seq()) instanceof ChatPosted(var message)) {
      return new Found(
          stored.stamp().position(), stored.stamp().number(), stored.revision(), message);
    }
    throw new IllegalStateException("a counted event that is no message: " + stored.stamp());
  }
}
