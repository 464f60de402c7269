package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.StoredEvent;

/// Turns what the log holds back into what travels.
final class Envelopes {
  private Envelopes() {}

  static StreamId streamOf(RoomName room) {
    return StreamId.of(room);
  }

  static Envelope of(RoomName room, StoredEvent stored) {
    return Envelope.durable(EventJson.decode(stored.payload()), Topic.of(room), stored.stamp());
  }
}
