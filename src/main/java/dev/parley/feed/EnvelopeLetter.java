package dev.parley.feed;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How events travel between nodes: several in one letter, each as two blocks with their length
/// before them: for whom it is and where it stands, as JSON, and the event itself in its one JSON
/// form. Fields and events that only newer nodes know are passed over.
final class EnvelopeLetter {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeLetter.class);
  private static final String ROOM = "r:";
  private static final String USER = "u:";
  private static final String ROLE = "g:";
  private static final String NAMED = "t:";
  private static final String EVERYONE = "*";

  private EnvelopeLetter() {}

  static byte[] encode(Envelope envelope) {
    byte[] head = headOf(envelope).toBuffer().getBytes();
    byte[] event = EventJson.encode(envelope.event());
    return Buffer.buffer(head.length + event.length + 2 * Integer.BYTES)
        .appendInt(head.length)
        .appendBytes(head)
        .appendInt(event.length)
        .appendBytes(event)
        .getBytes();
  }

  static void decode(Buffer letter, Consumer<Envelope> receiver) {
    int at = 0;
    while (at < letter.length()) {
      int headEnd = at + Integer.BYTES + letter.getInt(at);
      int eventEnd = headEnd + Integer.BYTES + letter.getInt(headEnd);
      Buffer head = letter.getBuffer(at + Integer.BYTES, headEnd);
      Buffer event = letter.getBuffer(headEnd + Integer.BYTES, eventEnd);
      at = eventEnd;
      decode(head, event).ifPresent(receiver);
    }
  }

  private static Optional<Envelope> decode(Buffer head, Buffer event) {
    try {
      JsonObject json = head.toJsonObject();
      return Optional.of(
          new Envelope(
              EventJson.decode(event.getBytes()), topicsOf(json), stampOf(json), exceptOf(json)));
    } catch (IllegalArgumentException | ClassCastException | DecodeException e) {
      LOG.debug("an event of a newer node is passed over: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static JsonObject headOf(Envelope envelope) {
    JsonArray topics = new JsonArray();
    envelope.topics().forEach(topic -> topics.add(textOf(topic)));
    JsonObject head = new JsonObject().put("topics", topics);
    envelope
        .stamp()
        .ifPresent(
            stamp ->
                head.put("seq", stamp.seq())
                    .put("epoch", stamp.position().epoch())
                    .put("previous", stamp.previousEpoch())
                    .put("number", stamp.number()));
    if (!envelope.except().isEmpty()) {
      JsonArray except = new JsonArray();
      envelope.except().forEach(connection -> except.add(connection.value()));
      head.put("except", except);
    }
    return head;
  }

  private static String textOf(Topic topic) {
    return switch (topic) {
      case Topic.OfRoom(RoomName room) -> ROOM + room.value();
      case Topic.OfUser(UserId user) -> USER + user.value();
      case Topic.OfRole(String role) -> ROLE + role;
      case Topic.Named(TopicName name) -> NAMED + name.value();
      case Topic.Everyone _ -> EVERYONE;
    };
  }

  private static List<Topic> topicsOf(JsonObject head) {
    List<Topic> topics = new ArrayList<>();
    for (Object each : head.getJsonArray("topics")) {
      topicOf((String) each).ifPresent(topics::add);
    }
    return topics;
  }

  private static Optional<Topic> topicOf(String text) {
    if (text.startsWith(ROOM)) {
      return Optional.of(Topic.of(new RoomName(text.substring(ROOM.length()))));
    }
    if (text.startsWith(USER)) {
      return Optional.of(Topic.of(new UserId(text.substring(USER.length()))));
    }
    if (text.startsWith(ROLE)) {
      return Optional.of(new Topic.OfRole(text.substring(ROLE.length())));
    }
    if (text.startsWith(NAMED)) {
      return Optional.of(Topic.of(new TopicName(text.substring(NAMED.length()))));
    }
    return text.equals(EVERYONE) ? Optional.of(Topic.EVERYONE) : Optional.empty();
  }

  private static Optional<Stamp> stampOf(JsonObject head) {
    return Optional.ofNullable(head.getLong("seq"))
        .map(
            seq ->
                new Stamp(
                    new Position(head.getString("epoch"), seq),
                    head.getString("previous"),
                    head.getLong("number")));
  }

  private static Set<ConnectionId> exceptOf(JsonObject head) {
    Set<ConnectionId> except = new HashSet<>();
    for (Object each : head.getJsonArray("except", new JsonArray())) {
      except.add(new ConnectionId((String) each));
    }
    return except;
  }
}
