package dev.parley.protocol;

import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SessionEvent.Expiring;
import dev.parley.protocol.SessionEvent.SessionLimits;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The JSON of [SessionEvent]s.
final class SessionEventJson {
  static final String WELCOME = "welcome";
  static final String EXPIRING = "session.expiring";
  static final String DRAINING = "session.draining";

  private static final int ANY = Integer.MAX_VALUE;

  private SessionEventJson() {}

  static void write(JsonWriter out, SessionEvent event) {
    switch (event) {
      case Welcomed welcomed -> write(out, welcomed);
      case Expiring(var expiresAt, var grace) ->
          out.text("type", EXPIRING).time("expires_at", expiresAt).duration("grace", grace);
      case Draining(var at) -> out.text("type", DRAINING).time("timestamp", at);
    }
  }

  private static void write(JsonWriter out, Welcomed welcomed) {
    Caller caller = welcomed.caller();
    SessionLimits limits = welcomed.limits();
    out.text("type", WELCOME)
        .text("connection_id", welcomed.connection().value())
        .text("node", welcomed.node().value())
        .text("protocol", "parley.v1")
        .object("user")
        .text("user_id", caller.user().value())
        .text("username", caller.username())
        .texts("roles", new TreeSet<>(caller.roles()))
        .end()
        .duration("ping_interval", limits.pingInterval())
        .duration("resume_window", limits.resumeWindow())
        .object("limits")
        .number("max_message_bytes", limits.maxMessageBytes())
        .number("messages_per_window", limits.messagesPerWindow())
        .duration("window", limits.window())
        .number("max_rooms", limits.maxRooms())
        .end()
        .time("timestamp", welcomed.at());
  }

  static Welcomed welcomed(Fields in) {
    ConnectionId connection = new ConnectionId(in.anyText("connection_id", ANY));
    Fields user = in.fields("user");
    Caller caller =
        new Caller(
            user.user("user_id"),
            user.anyText("username", ANY),
            Optional.empty(),
            Set.copyOf(user.texts("roles", ANY, ANY)),
            List.of(),
            false,
            Optional.of(connection));
    NodeId node = new NodeId(in.anyText("node", ANY));
    return new Welcomed(caller, connection, node, limits(in), in.time("timestamp"));
  }

  private static SessionLimits limits(Fields in) {
    Fields limits = in.fields("limits");
    return new SessionLimits(
        duration(in, "ping_interval"),
        duration(in, "resume_window"),
        (int) limits.number("max_message_bytes", 0, Integer.MAX_VALUE),
        (int) limits.number("messages_per_window", 0, Integer.MAX_VALUE),
        duration(limits, "window"),
        (int) limits.number("max_rooms", 0, Integer.MAX_VALUE));
  }

  static Expiring expiring(Fields in) {
    return new Expiring(in.time("expires_at"), duration(in, "grace"));
  }

  static Draining draining(Fields in) {
    return new Draining(in.time("timestamp"));
  }

  private static Duration duration(Fields in, String name) {
    return Duration.ofMillis(Math.round(in.decimal(name) * 1000));
  }
}
