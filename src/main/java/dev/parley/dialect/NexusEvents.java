package dev.parley.dialect;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.Member;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What clients of `nexus` hear (`nexus.md`).
final class NexusEvents {
  static final String TYPE = "event_type";

  private static final List<OutFrame> NOTHING = List.of();

  private NexusEvents() {}

  static List<OutFrame> encode(Envelope envelope) {
    return switch (envelope.event()) {
      case RoomEvent event -> encode(event);
      case ChatEvent event -> NexusChatEvents.encode(event, envelope.stamp());
      case PresenceEvent event -> encode(event);
      case SessionEvent event -> encode(event);
      case JobEvent _, MetricsEvent _, NotificationEvent _, OperationsEvent _ -> NOTHING;
      case NewerEvent _ -> NOTHING;
      case CustomMessage(var message) -> one(out -> custom(out, message));
    };
  }

  /// As it was given; but every frame here has an `event_type`, so a message without one gets its
  /// `type` as that, too.
  private static void custom(JsonWriter out, JsonObject message) {
    out.all(message);
    if (!message.containsKey(TYPE) && message.getValue("type") instanceof String type) {
      out.text(TYPE, type);
    }
  }

  private static List<OutFrame> encode(SessionEvent event) {
    return switch (event) {
      case Welcomed welcomed -> one(out -> welcomed(out, welcomed));
      case SessionEvent.Expiring _, SessionEvent.Draining _ -> NOTHING;
    };
  }

  private static void welcomed(JsonWriter out, Welcomed welcomed) {
    out.text(TYPE, "system.message")
        .text("message", "Connected")
        .text("connection_id", welcomed.connection().value())
        .text("user_id", welcomed.caller().user().value())
        .time("timestamp", welcomed.at());
  }

  private static List<OutFrame> encode(RoomEvent event) {
    return switch (event) {
      case RoomEvent.RoomJoined(var room, var member, int members, _) ->
          List.of(joined(room, member, members));
      case RoomEvent.RoomLeft(var room, var member, int members, _) ->
          List.of(left(room, member, members));
      case MembersChanged changed -> encode(changed);
      case RoomMessage message -> one(out -> broadcast(out, message));
      case RoomEvent.RoomGranted _,
          RoomEvent.RoomRevoked _,
          RoomEvent.RoomReset _,
          RoomEvent.ParticipationBegan _,
          RoomEvent.ParticipationEnded _ ->
          NOTHING;
    };
  }

  static OutFrame joined(RoomName room, Member member, int members) {
    return moved("room.join", room, member, members);
  }

  static OutFrame left(RoomName room, Member member, int members) {
    return moved("room.leave", room, member, members);
  }

  private static OutFrame moved(String type, RoomName room, Member member, int members) {
    return FrameEncoder.TEXT.frame(
        out ->
            out.text(TYPE, type)
                .text("room_id", room.value())
                .text("user_id", member.user().value())
                .text("username", member.username())
                .number("members", members));
  }

  /// Who is there, for who came.
  static OutFrame roomState(RoomName room, List<Member> members) {
    return FrameEncoder.TEXT.frame(
        out -> {
          out.text(TYPE, "room.state").text("room_id", room.value()).array("members");
          members.forEach(member -> member(out, member));
          out.end();
        });
  }

  private static void member(JsonWriter out, Member member) {
    out.object().text("user_id", member.user().value()).text("username", member.username()).end();
  }

  private static List<OutFrame> encode(MembersChanged changed) {
    List<OutFrame> frames = new ArrayList<>();
    for (Member member : changed.joined()) {
      frames.add(joined(changed.room(), member, changed.members()));
    }
    for (Member member : changed.left()) {
      frames.add(left(changed.room(), member, changed.members()));
    }
    return frames;
  }

  private static void broadcast(JsonWriter out, RoomMessage message) {
    out.text(TYPE, "room.broadcast")
        .text("room_id", message.room().value())
        .text("user_id", message.sender().value())
        .value("message", message.message().raw())
        .value("data", message.data().raw())
        .time("timestamp", message.at());
  }

  private static List<OutFrame> encode(PresenceEvent event) {
    return switch (event) {
      case PresenceChanged changed -> encode(changed);
      case UserActivity activity -> encode(activity);
      case PresenceEvent.CursorMoved _ -> NOTHING;
    };
  }

  /// A status that was set comes in full and by its own name; coming and going by name only.
  private static List<OutFrame> encode(PresenceChanged changed) {
    PresenceState state = changed.state();
    OutFrame named = named("presence." + state.status().word(), state, changed.at());
    return changed.cause() == Cause.STATUS
        ? List.of(FrameEncoder.TEXT.frame(out -> updated(out, state, changed.at())), named)
        : List.of(named);
  }

  private static OutFrame named(String type, PresenceState state, Instant at) {
    return FrameEncoder.TEXT.frame(
        out -> out.text(TYPE, type).text("user_id", state.user().value()).time("timestamp", at));
  }

  private static void updated(JsonWriter out, PresenceState state, Instant at) {
    out.text(TYPE, "presence.update")
        .text("user_id", state.user().value())
        .text("status", state.status().word())
        .value("status_message", state.statusMessage().orElse(null))
        .value("location", state.location().orElse(null))
        .time("timestamp", at);
  }

  private static List<OutFrame> encode(UserActivity activity) {
    return switch (activity.activity()) {
      case "connected" -> one(out -> activity(out, "connect", activity));
      case "disconnected" -> one(out -> activity(out, "disconnect", activity));
      default -> NOTHING;
    };
  }

  private static void activity(JsonWriter out, String type, UserActivity activity) {
    out.text(TYPE, type).text("user_id", activity.user().value());
  }

  private static List<OutFrame> one(Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(fields);
  }
}
