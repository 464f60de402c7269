package dev.parley.rooms;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.Participations;
import io.vertx.core.Future;

/// Whether a room exists: it has a connection, a participant or history. The rooms in which only
/// the server speaks always do.
final class Existence {
  private final Occupancy occupancy;
  private final EventLog log;
  private final Participations participations;

  Existence(Occupancy occupancy, EventLog log, Participations participations) {
    this.occupancy = occupancy;
    this.log = log;
    this.participations = participations;
  }

  Future<Boolean> of(RoomName room) {
    if (!RoomPolicy.isConversation(room) || occupancy.members(room) > 0) {
      return Future.succeededFuture(true);
    }
    return log.head(StreamId.of(room))
        .compose(
            head ->
                head.position().seq() > 0
                    ? Future.succeededFuture(true)
                    : participations.usersOf(room, 1).map(users -> !users.isEmpty()));
  }
}
