package dev.parley.protocol;

import dev.parley.protocol.RoomState.Cursor;
import dev.parley.protocol.RoomState.Present;
import dev.parley.protocol.json.JsonWriter;

/// The JSON of a [RoomState].
final class RoomStateJson {
  private static final int ANY = Integer.MAX_VALUE;

  private RoomStateJson() {}

  /// Writes all but the room into the open object.
  static void write(JsonWriter out, RoomState state) {
    out.array("users");
    state.users().forEach(present -> write(out, present));
    out.end().number("total", state.total()).number("revision", state.revision());
  }

  private static void write(JsonWriter out, Present present) {
    MemberJson.write(out.object(), present.member());
    out.text("status", present.status().word());
    present.cursor().ifPresent(cursor -> write(out, cursor));
    out.time("last_seen", present.lastSeen()).end();
  }

  private static void write(JsonWriter out, Cursor cursor) {
    out.object("cursor")
        .number("x", cursor.x())
        .number("y", cursor.y())
        .text("cell", cursor.cell())
        .end();
  }

  static RoomState read(Fields in) {
    return new RoomState(
        in.room("room"),
        in.list("users", ANY, user -> present(Fields.asFields("users", user))),
        (int) in.number("total", 0, Integer.MAX_VALUE),
        in.number("revision", 0, Long.MAX_VALUE));
  }

  private static Present present(Fields in) {
    return new Present(
        MemberJson.read(in),
        PresenceStatus.parse(in.anyText("status", ANY)).orElse(PresenceStatus.ONLINE),
        in.optionalFields("cursor").map(RoomStateJson::cursor),
        in.optionalTime("last_seen"));
  }

  private static Cursor cursor(Fields in) {
    return new Cursor(in.decimal("x"), in.decimal("y"), in.optionalText("cell", ANY));
  }
}
