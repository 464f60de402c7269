package dev.parley.dialect;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.Command;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The dialect that can say everything (`native.md`), in JSON or CBOR.
public final class NativeDialect implements Dialect {
  private static final List<OutFrame> NOTHING = List.of();
  private static final List<Command> PING = List.of(new SessionCommand.Ping());

  private final FrameDecoder decoder;
  private final FrameEncoder encoder;
  private final NativeCommands commands;
  private final InstantSource clock;

  private NativeDialect(
      FrameParser parser, FrameEncoder encoder, DialectLimits limits, InstantSource clock) {
    this.decoder = new FrameDecoder(parser, NativeDialect::idOf);
    this.encoder = encoder;
    this.commands = new NativeCommands(limits);
    this.clock = clock;
  }

  public static NativeDialect json(DialectLimits limits, InstantSource clock) {
    FrameParser parser = FrameParser.ofText("type", limits);
    return new NativeDialect(parser, FrameEncoder.TEXT, limits, clock);
  }

  public static NativeDialect cbor(DialectLimits limits, InstantSource clock) {
    FrameParser parser = FrameParser.ofCbor("type", limits);
    return new NativeDialect(parser, FrameEncoder.CBOR, limits, clock);
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public Decoded decode(InFrame frame, SessionView session) {
    Optional<JsonValue> ping =
        frame.binary() || encoder != FrameEncoder.TEXT
            ? Optional.empty()
            : PlainPing.idOf(frame.payload());
    return ping.isPresent()
        ? new Decoded.Commands(PING, ping.get())
        : decoder.decode(frame, commands::commands);
  }

  @Override
  public List<Command> opening(SessionView session) {
    return List.of();
  }

  /// Its clients resume by position: they are not fed.
  @Override
  public Set<Waiting> tells() {
    return EnumSet.allOf(Waiting.class);
  }

  @Override
  public NotificationRule notifications() {
    return NotificationRule.ASKED;
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return switch (envelope.event()) {
      case RoomEvent.RoomGranted granted -> marker(granted.room(), envelope.stamp());
      case RoomEvent.RoomRevoked revoked -> marker(revoked.room(), envelope.stamp());
      case NewerEvent(var room) -> marker(room, envelope.stamp());
      case RoomEvent.ParticipationBegan _,
          RoomEvent.ParticipationEnded _,
          RoomEvent.RoomStateChanged _ ->
          NOTHING;
      case CustomMessage(var message) -> custom(message, envelope);
      case RoomEvent event -> event(event, envelope.stamp());
      case ChatEvent event -> event(event, envelope.stamp());
      case PresenceEvent event -> event(event, envelope.stamp());
      case SessionEvent event -> event(event, envelope.stamp());
      case JobEvent event -> event(event, envelope.stamp());
      case MetricsEvent event -> event(event, envelope.stamp());
      case NotificationEvent event -> event(event, Optional.empty());
      case OperationsEvent event -> event(event, envelope.stamp());
    };
  }

  @Override
  public List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong pong -> encoder.one(out -> NativeReplies.writePong(out, pong, id));
      case Reply.Custom(var body) -> encoder.one(out -> NativeReplies.writeCustom(out, body, id));
      case Reply.Sampled(var sample) when id.isNull() ->
          event(new MetricsEvent.MetricsSampled(sample), Optional.empty());
      case Reply _ when id.isNull() -> NOTHING;
      case Reply _ -> encoder.one(out -> NativeReplies.writeOk(out, reply, id));
    };
  }

  @Override
  public List<OutFrame> encode(Rejection rejection, JsonValue id) {
    return encoder.one(
        out -> {
          NativeReplies.writeId(out.text("type", "error"), id);
          ErrorFrame.write(out, rejection, clock.instant());
        });
  }

  private List<OutFrame> event(Event event, Optional<Stamp> stamp) {
    return encoder.one(
        out -> {
          EventJson.write(out, event);
          stamp.ifPresent(place -> write(out, place));
        });
  }

  /// Tells members that there was a durable event which is none of theirs.
  private List<OutFrame> marker(RoomName room, Optional<Stamp> stamp) {
    return stamp.map(place -> encoder.one(out -> writeMarker(out, room, place))).orElse(NOTHING);
  }

  private static void writeMarker(JsonWriter out, RoomName room, Stamp place) {
    write(out.text("type", "room.marker").text("room", room.value()), place);
  }

  /// As it was given; a durable one says where it stands as every durable event does.
  private List<OutFrame> custom(JsonObject message, Envelope envelope) {
    return envelope
        .stamp()
        .map(place -> placed(message, envelope.topics(), place))
        .orElseGet(() -> encoder.one(out -> out.all(message)));
  }

  private List<OutFrame> placed(JsonObject message, List<Topic> topics, Stamp place) {
    JsonObject placed = new JsonObject(new LinkedHashMap<>(message.getMap()));
    if (topics.getFirst() instanceof Topic.OfRoom(var room)) {
      placed.put("room", room.value());
    }
    placed.put("seq", place.seq()).put("epoch", place.position().epoch());
    return encoder.one(out -> out.all(placed));
  }

  private static void write(JsonWriter out, Stamp place) {
    out.number("seq", place.seq()).text("epoch", place.position().epoch());
  }

  private static JsonValue idOf(JsonObject frame) {
    Object id = frame.getValue("id");
    return id == null ? JsonValue.NULL : new JsonValue(id);
  }
}
