package dev.parley.bus;

import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/// Turns an event into JSON where somebody reads it: with no consumer there is nothing to pay.
final class AnnouncementCodec implements MessageCodec<Announcement, JsonObject> {
  @Override
  public void encodeToWire(Buffer buffer, Announcement announcement) {
    byte[] json = transform(announcement).toBuffer().getBytes();
    buffer.appendInt(json.length).appendBytes(json);
  }

  @Override
  public JsonObject decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return new JsonObject(buffer.getBuffer(position + 4, position + 4 + length));
  }

  @Override
  public JsonObject transform(Announcement announcement) {
    Envelope envelope = announcement.envelope();
    JsonObject json = new JsonObject(Buffer.buffer(EventJson.encode(envelope.event())));
    if (envelope.event() instanceof CustomMessage
        && envelope.topics().getFirst() instanceof Topic.OfRoom(RoomName room)) {
      json.put("room", room.value());
    }
    envelope
        .stamp()
        .ifPresent(stamp -> json.put("seq", stamp.seq()).put("epoch", stamp.position().epoch()));
    return json;
  }

  @Override
  public String name() {
    return "parley.Announcement";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
