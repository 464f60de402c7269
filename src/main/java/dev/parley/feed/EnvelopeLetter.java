package dev.parley.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How events travel between nodes: several in one letter. Fields, tags and events that only newer
/// nodes know are passed over.
///
/// ```
/// letter = envelope…
/// envelope = length (4 bytes) field…
/// field = tag (1 byte) length (4 bytes) value
///   1 a room's topic: its name        4 stamp: seq, number (8 bytes each), epoch, previous epoch
///   2 a user's topic: the user          (each with its length, 4 bytes, before it), and maybe more
///   3 everyone's topic: nothing       5 a connection that is left out
///   7 a role's topic: the role        6 the event in its one JSON form; a durable one as the log keeps it
///   8 a topic by name: the name
/// ```
final class EnvelopeLetter {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeLetter.class);
  private static final byte ROOM = 1;
  private static final byte USER = 2;
  private static final byte EVERYONE = 3;
  private static final byte STAMP = 4;
  private static final byte EXCEPT = 5;
  private static final byte EVENT = 6;
  private static final byte ROLE = 7;
  private static final byte NAMED = 8;
  private static final byte[] NOTHING = {};
  private static final int USUAL_BYTES_BESIDE_EVENT = 128;

  private EnvelopeLetter() {}

  static byte[] encode(Envelope envelope) {
    byte[] event = envelope.payload().orElseGet(() -> EventJson.encode(envelope.event()));
    Buffer out = Buffer.buffer(event.length + USUAL_BYTES_BESIDE_EVENT).appendInt(0);
    envelope.topics().forEach(topic -> write(out, topic));
    envelope.stamp().ifPresent(stamp -> write(out, stamp));
    envelope.except().forEach(connection -> write(out, EXCEPT, utf8(connection.value())));
    write(out, EVENT, event);
    return out.setInt(0, out.length() - Integer.BYTES).getBytes();
  }

  static void decode(Buffer letter, Consumer<Envelope> receiver) {
    ByteBuffer in = ByteBuffer.wrap(letter.getBytes());
    while (in.hasRemaining()) {
      decode(part(in, in.getInt())).ifPresent(receiver);
    }
  }

  private static Optional<Envelope> decode(ByteBuffer fields) {
    try {
      Parts parts = new Parts();
      while (fields.hasRemaining()) {
        byte tag = fields.get();
        parts.read(tag, part(fields, fields.getInt()));
      }
      return parts.toEnvelope();
    } catch (IllegalArgumentException e) {
      LOG.debug("an event of a newer node is passed over: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void write(Buffer out, Topic topic) {
    switch (topic) {
      case Topic.OfRoom(RoomName room) -> write(out, ROOM, utf8(room.value()));
      case Topic.OfUser(UserId user) -> write(out, USER, utf8(user.value()));
      case Topic.OfRole(String role) -> write(out, ROLE, utf8(role));
      case Topic.Named(TopicName name) -> write(out, NAMED, utf8(name.value()));
      case Topic.Everyone _ -> write(out, EVERYONE, NOTHING);
    }
  }

  private static void write(Buffer out, Stamp stamp) {
    byte[] epoch = utf8(stamp.position().epoch());
    byte[] previous = utf8(stamp.previousEpoch());
    out.appendByte(STAMP)
        .appendInt(2 * Long.BYTES + 2 * Integer.BYTES + epoch.length + previous.length)
        .appendLong(stamp.seq())
        .appendLong(stamp.number())
        .appendInt(epoch.length)
        .appendBytes(epoch)
        .appendInt(previous.length)
        .appendBytes(previous);
  }

  private static void write(Buffer out, byte tag, byte[] value) {
    out.appendByte(tag).appendInt(value.length).appendBytes(value);
  }

  /// The next bytes, which are passed.
  private static ByteBuffer part(ByteBuffer in, int length) {
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(ByteBuffer bytes) {
    return new String(
        bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), UTF_8);
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  private static Stamp stamp(ByteBuffer in) {
    long seq = in.getLong();
    long number = in.getLong();
    String epoch = text(part(in, in.getInt()));
    String previous = text(part(in, in.getInt()));
    return new Stamp(new Position(epoch, seq), previous, number);
  }

  /// What is known of an envelope so far.
  private static final class Parts {
    private final List<Topic> topics = new ArrayList<>(1);
    private Optional<Stamp> stamp = Optional.empty();
    private Set<ConnectionId> except = Set.of();
    private byte @Nullable [] event;

    void read(byte tag, ByteBuffer value) {
      switch (tag) {
        case ROOM -> topics.add(Topic.of(new RoomName(text(value))));
        case USER -> topics.add(Topic.of(new UserId(text(value))));
        case EVERYONE -> topics.add(Topic.EVERYONE);
        case ROLE -> topics.add(new Topic.OfRole(text(value)));
        case NAMED -> topics.add(Topic.of(new TopicName(text(value))));
        case STAMP -> stamp = Optional.of(stamp(value));
        case EXCEPT -> leaveOut(new ConnectionId(text(value)));
        case EVENT -> event = bytes(value);
        default -> {} // of a newer node
      }
    }

    Optional<Envelope> toEnvelope() {
      return Optional.ofNullable(event)
          .map(json -> new Envelope(decode(json), topics, stamp, stamp.map(_ -> json), except));
    }

    private Event decode(byte[] json) {
      return stamp
          .map(place -> EventJson.decode(json, place.seq()))
          .orElseGet(() -> EventJson.decode(json));
    }

    private void leaveOut(ConnectionId connection) {
      if (except.isEmpty()) {
        except = new HashSet<>(1);
      }
      except.add(connection);
    }
  }
}
