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
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What clients of `connect` hear (`connect.md`).
final class ConnectEvents {
  private static final List<OutFrame> NOTHING = List.of();

  private ConnectEvents() {}

  static List<OutFrame> encode(Envelope envelope) {
    return switch (envelope.event()) {
      case RoomEvent event -> encode(event);
      case ChatEvent event -> ConnectChatEvents.encode(event, envelope.stamp());
      case PresenceEvent event -> encode(event);
      case SessionEvent event -> encode(event);
      case JobEvent event -> ConnectJobEvents.encode(event);
      case MetricsEvent _, NotificationEvent _, OperationsEvent _ -> NOTHING;
      case NewerEvent _ -> NOTHING;
      case CustomMessage(var message) -> one(out -> out.all(message));
    };
  }

  private static List<OutFrame> encode(SessionEvent event) {
    return switch (event) {
      case Welcomed welcomed ->
          List.of(
              FrameEncoder.TEXT.frame(
                  out -> opening(out.text("type", "connection"), welcomed, true)),
              FrameEncoder.TEXT.frame(
                  out -> opening(out.text("type", "connection_established"), welcomed, false)));
      case SessionEvent.Expiring _, SessionEvent.Draining _ -> NOTHING;
    };
  }

  private static void opening(JsonWriter out, Welcomed welcomed, boolean withStatus) {
    if (withStatus) {
      out.text("status", "connected");
    }
    out.text("connection_id", welcomed.connection().value())
        .text("user_id", welcomed.caller().user().value())
        .time("timestamp", welcomed.at());
  }

  private static List<OutFrame> encode(RoomEvent event) {
    return switch (event) {
      case RoomEvent.RoomJoined(var room, var member, int members, var at) ->
          List.of(joined(room, member, members, at));
      case RoomEvent.RoomLeft(var room, var member, int members, var at) ->
          List.of(left(room, member, members, at));
      case MembersChanged changed -> encode(changed);
      case RoomMessage message when isToAdmins(message) -> one(out -> broadcast(out, message));
      case RoomMessage _,
          RoomEvent.RoomGranted _,
          RoomEvent.RoomRevoked _,
          RoomEvent.RoomReset _,
          RoomEvent.ParticipationBegan _,
          RoomEvent.ParticipationEnded _ ->
          NOTHING;
    };
  }

  static OutFrame joined(RoomName room, Member member, int members, Instant at) {
    return roomEvent("user_joined", room, member, members, at);
  }

  static OutFrame left(RoomName room, Member member, int members, Instant at) {
    return roomEvent("user_left", room, member, members, at);
  }

  private static OutFrame roomEvent(
      String event, RoomName room, Member member, int members, Instant at) {
    return FrameEncoder.TEXT.frame(
        out ->
            out.text("type", "room_event")
                .text("event", event)
                .text("room", room.value())
                .text("user_id", member.user().value())
                .text("username", member.username())
                .number("members", members)
                .time("timestamp", at));
  }

  private static List<OutFrame> encode(MembersChanged changed) {
    List<OutFrame> frames = new ArrayList<>();
    for (Member member : changed.joined()) {
      frames.add(joined(changed.room(), member, changed.members(), changed.at()));
    }
    for (Member member : changed.left()) {
      frames.add(left(changed.room(), member, changed.members(), changed.at()));
    }
    return frames;
  }

  private static boolean isToAdmins(RoomMessage message) {
    return message.room().equals(RoomName.ADMIN)
        && message.event().equals(RoomMessage.ADMIN_BROADCAST);
  }

  private static void broadcast(JsonWriter out, RoomMessage message) {
    out.text("type", "admin_broadcast")
        .value("message", message.message().raw())
        .text("from", message.sender().value())
        .time("timestamp", message.at());
  }

  private static List<OutFrame> encode(PresenceEvent event) {
    return switch (event) {
      case PresenceEvent.PresenceChanged(var state, _, _) -> one(out -> presence(out, state));
      case PresenceEvent.UserActivity activity -> one(out -> activity(out, activity));
      case PresenceEvent.CursorMoved _ -> NOTHING;
    };
  }

  private static void presence(JsonWriter out, PresenceState state) {
    out.text("type", "presence_update")
        .text("user_id", state.user().value())
        .text("username", state.username())
        .text("status", state.status().word())
        .value("status_message", state.statusMessage().orElse(null))
        .value("last_seen", state.lastSeen().orElse(null));
  }

  private static void activity(JsonWriter out, PresenceEvent.UserActivity activity) {
    out.text("type", "user_activity")
        .text("activity", activity.activity())
        .text("user_id", activity.user().value())
        .value("room", activity.room().map(RoomName::value).orElse(null))
        .time("timestamp", activity.at());
  }

  private static List<OutFrame> one(Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(fields);
  }
}
