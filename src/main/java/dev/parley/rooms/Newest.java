package dev.parley.rooms;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.Optional;

/// What was said last in a room.
///
/// @param number how many messages there were up to it
record Newest(PlacedMessage message, long number) {
  static Future<Optional<Newest>> in(EventLog log, RoomName room) {
    return log.readCountedBefore(StreamId.of(room), Long.MAX_VALUE, 1)
        .map(newest -> newest.stream().findFirst().flatMap(Newest::of));
  }

  private static Optional<Newest> of(StoredEvent stored) {
    return EventJson.decode(stored.payload(), stored.seq()) instanceof ChatPosted(var message)
        ? Optional.of(
            new Newest(
                new PlacedMessage(stored.stamp().position(), message), stored.stamp().number()))
        : Optional.empty();
  }
}
