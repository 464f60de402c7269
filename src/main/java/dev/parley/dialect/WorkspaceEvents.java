package dev.parley.dialect;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomState.Cursor;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.function.Consumer;

/// What clients of `workspace` hear (`workspace.md`).
final class WorkspaceEvents {
  private static final List<OutFrame> NOTHING = List.of();

  private WorkspaceEvents() {}

  static List<OutFrame> encode(Event event) {
    return switch (event) {
      case RoomStateChanged(var state) ->
          one("room_state", out -> WorkspaceRoomStates.write(out, state));
      case ChatTyping typing ->
          one(
              typing.typing() ? "user_typing_start" : "user_typing_stop",
              out -> typing(out, typing));
      case PresenceEvent about -> encode(about);
      case NotificationEvent about -> WorkspaceNotifications.encode(about);
      case CustomMessage(var message) -> FrameEncoder.TEXT.one(out -> out.all(message));
      case RoomEvent _,
          ChatEvent _,
          SessionEvent _,
          JobEvent _,
          MetricsEvent _,
          OperationsEvent _,
          NewerEvent _ ->
          NOTHING;
    };
  }

  private static List<OutFrame> encode(PresenceEvent event) {
    return switch (event) {
      case PresenceChanged(var state, _, _) ->
          one(
              "user_status_changed",
              out ->
                  out.text("user_id", state.user().value()).text("status", state.status().word()));
      case CursorMoved moved -> one("cursor_moved", out -> cursor(out, moved));
      case PresenceEvent.UserActivity _ -> NOTHING;
    };
  }

  private static void cursor(JsonWriter out, CursorMoved moved) {
    out.text("room", moved.room().value())
        .text("user_id", moved.user().value())
        .text("username", moved.username());
    WorkspaceRoomStates.write(out, new Cursor(moved.x(), moved.y(), moved.cell()));
  }

  private static void typing(JsonWriter out, ChatTyping typing) {
    out.text("user_id", typing.user().value())
        .text("username", typing.username())
        .value("cell_id", typing.cell().orElse(null))
        .text("room", typing.room().value());
  }

  private static List<OutFrame> one(String type, Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(out -> fields.accept(out.text("type", type)));
  }
}
