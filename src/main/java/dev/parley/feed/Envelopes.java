package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what the log holds back into what travels.
final class Envelopes {
  private static final Logger LOG = LoggerFactory.getLogger(Envelopes.class);

  private Envelopes() {}

  static StreamId streamOf(RoomName room) {
    return StreamId.of(room);
  }

  static Envelope of(RoomName room, StoredEvent stored) {
    return of(room, stored.stamp(), stored.payload());
  }

  static Envelope of(RoomName room, Stamp stamp, byte[] payload) {
    return Envelope.durable(eventOf(room, stamp, payload), Topic.of(room), stamp, payload);
  }

  /// What a newer node wrote must not stop a room here.
  private static Event eventOf(RoomName room, Stamp stamp, byte[] payload) {
    try {
      return EventJson.decode(payload, stamp.seq());
    } catch (IllegalArgumentException e) {
      LOG.atDebug()
          .addKeyValue("room", room)
          .addKeyValue("error", e.getMessage())
          .log("an event of a newer node is passed over");
      return new NewerEvent(room);
    }
  }
}
