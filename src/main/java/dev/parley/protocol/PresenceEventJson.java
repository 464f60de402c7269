package dev.parley.protocol;

import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.json.JsonWriter;
import java.util.Locale;

/// The JSON of [PresenceEvent]s.
final class PresenceEventJson {
  static final String CHANGED = "presence.changed";
  static final String CURSOR = "cursor.moved";
  static final String ACTIVITY = "activity";

  private static final int ANY = Integer.MAX_VALUE;

  private PresenceEventJson() {}

  static void write(JsonWriter out, PresenceEvent event) {
    switch (event) {
      case PresenceChanged(var state, var cause, var at) -> {
        PresenceStateJson.write(out.text("type", CHANGED), state);
        out.text("cause", cause.name().toLowerCase(Locale.ROOT)).time("timestamp", at);
      }
      case CursorMoved(var room, var user, var username, double x, double y, var cell) ->
          out.text("type", CURSOR)
              .text("room", room.value())
              .text("user_id", user.value())
              .text("username", username)
              .number("x", x)
              .number("y", y)
              .text("cell", cell);
      case UserActivity(var activity, var user, var room, var at) ->
          out.text("type", ACTIVITY)
              .text("activity", activity)
              .text("user_id", user.value())
              .text("room", room)
              .time("timestamp", at);
    }
  }

  static PresenceChanged changed(Fields in) {
    Cause cause = in.text("cause", 64).equals("status") ? Cause.STATUS : Cause.CONNECTION;
    return new PresenceChanged(PresenceStateJson.read(in), cause, in.time("timestamp"));
  }

  static CursorMoved cursorMoved(Fields in) {
    return new CursorMoved(
        in.room("room"),
        in.user("user_id"),
        in.anyText("username", ANY),
        in.decimal("x"),
        in.decimal("y"),
        in.optionalText("cell", ANY));
  }

  static UserActivity activity(Fields in) {
    return new UserActivity(
        in.anyText("activity", ANY),
        in.user("user_id"),
        in.optionalRoom("room"),
        in.time("timestamp"));
  }
}
