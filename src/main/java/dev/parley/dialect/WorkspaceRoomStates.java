package dev.parley.dialect;

import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import dev.parley.protocol.RoomState.Cursor;
import dev.parley.protocol.RoomState.Present;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// The fields of `room_state`.
final class WorkspaceRoomStates {
  private static final int MAX_USERS = 200;

  private WorkspaceRoomStates() {}

  /// How the room is for who joins it. Where nobody is told who is there, no more is known than who
  /// is.
  static void write(JsonWriter out, Reply.Joined joined) {
    joined
        .state()
        .ifPresentOrElse(
            state -> write(out, state),
            () ->
                write(
                    out,
                    joined.room(),
                    joined.members().stream().map(Present::of).toList(),
                    joined.count()));
  }

  static void write(JsonWriter out, RoomState state) {
    write(out, state.room(), state.users(), state.total());
  }

  private static void write(JsonWriter out, RoomName room, List<Present> users, int total) {
    out.text("room_id", room.value()).array("users");
    users.stream().limit(MAX_USERS).forEach(present -> write(out, room, present));
    out.end().texts("active_sheets", List.of()).number("total_users", total);
  }

  private static void write(JsonWriter out, RoomName room, Present present) {
    out.object()
        .text("user_id", present.member().user().value())
        .text("username", present.member().username())
        .value("email", present.member().email().orElse(null))
        .text("room", room.value())
        .text("status", present.status().word());
    present.cursor().ifPresentOrElse(cursor -> write(out, cursor), () -> out.value("cursor", null));
    out.value("last_seen", present.lastSeen().orElse(null)).end();
  }

  /// A field `cursor`.
  static void write(JsonWriter out, Cursor cursor) {
    out.object("cursor")
        .number("x", cursor.x())
        .number("y", cursor.y())
        .value("cell", cursor.cell().orElse(null))
        .end();
  }
}
