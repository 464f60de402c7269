package dev.parley.protocol;

import dev.parley.protocol.json.JsonWriter;

/// The JSON of a [PresenceState].
public final class PresenceStateJson {
  private static final int ANY = Integer.MAX_VALUE;

  private PresenceStateJson() {}

  /// Writes the state's fields into the open object.
  public static void write(JsonWriter out, PresenceState state) {
    out.text("user_id", state.user().value())
        .text("username", state.username())
        .text("status", state.status().word())
        .text("status_message", state.statusMessage())
        .text("location", state.location())
        .time("last_seen", state.lastSeen());
    if (state.connections() > 0) {
      out.number("connections", state.connections());
    }
  }

  static PresenceState read(Fields in) {
    return new PresenceState(
        in.user("user_id"),
        in.anyText("username", ANY),
        status(in),
        in.optionalText("status_message", ANY),
        in.optionalText("location", ANY),
        in.optionalTime("last_seen"),
        in.optionalNumber("connections", 0, Integer.MAX_VALUE).orElse(0L).intValue());
  }

  private static PresenceStatus status(Fields in) {
    return PresenceStatus.parse(in.text("status", 64))
        .orElseThrow(() -> Fields.wrong("status", "is none of ours"));
  }
}
