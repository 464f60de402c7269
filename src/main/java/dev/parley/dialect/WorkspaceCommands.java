package dev.parley.dialect;

import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.PresenceCommand.MoveCursor;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.FilterNotifications;
import dev.parley.protocol.SessionCommand.Ping;
import java.util.List;
import java.util.Optional;

/// What clients of `workspace` ask (`workspace.md`).
final class WorkspaceCommands {
  private static final Command PING = new Ping();
  private static final Command NO_FILTER = new FilterNotifications(Optional.empty());
  private static final int MAX_CELL = 64;
  private static final int MAX_ID = 128;
  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME = 128;

  private WorkspaceCommands() {}

  static Command command(String type, Fields in, SessionView session) {
    return switch (type) {
      case "ping" -> PING;
      case "auth" -> new Authenticate(CommonFields.token(in));
      case "join_room" -> new JoinRoom(namedRoom(in), Optional.empty());
      case "leave_room" -> new LeaveRoom(namedRoom(in));
      case "cursor_move" ->
          new MoveCursor(
              room(in, session), in.decimal("x"), in.decimal("y"), CommonFields.cell(in));
      case "status_update" -> CommonFields.presence(in);
      case "typing_start" -> typing(in, session, true);
      case "typing_stop" -> typing(in, session, false);
      case "subscribe_notifications" -> new FilterNotifications(Optional.of(filter(in)));
      case "unsubscribe_notifications" -> NO_FILTER;
      case "notification_read" ->
          new ReadNotifications(List.of(in.text("notification_id", MAX_ID)));
      default -> throw CommonFields.unknownType();
    };
  }

  private static RoomName namedRoom(Fields in) {
    return in.room(in.has("room") && !in.has("room_id") ? "room" : "room_id");
  }

  /// The one joined last, if none is named.
  private static RoomName room(Fields in, SessionView session) {
    return in.has("room_id") || in.has("room")
        ? in.room(in.has("room") ? "room" : "room_id")
        : session
            .lastRoom()
            .orElseThrow(() -> Fields.wrong("room", "is missing, and no room is joined"));
  }

  private static SetTyping typing(Fields in, SessionView session, boolean typing) {
    return new SetTyping(room(in, session), typing, in.optionalText("cell_id", MAX_CELL));
  }

  private static Notification.Filter filter(Fields in) {
    return new Notification.Filter(
        in.texts("categories", MAX_NAMES, MAX_NAME),
        in.texts("modules", MAX_NAMES, MAX_NAME),
        in.list("priorities", MAX_NAMES, WorkspaceCommands::priority));
  }

  private static Notification.Priority priority(Object word) {
    return WorkspaceNotifications.priority(Fields.asText("priorities", word, MAX_NAME))
        .orElseThrow(() -> Fields.wrong("priorities", "must be of low, normal, high and critical"));
  }
}
