package dev.parley.api;

import dev.parley.protocol.Fields;
import io.vertx.core.json.JsonObject;

/// What is going on in the whole cluster. Messages are frames, counted since each node started.
///
/// @param connections that are open
/// @param users who are online
/// @param rooms with members
/// @param authenticatedConnections those whose user is known
/// @param messagesSent to clients
/// @param messagesReceived from clients
/// @param messagesPerSecond both, over the last minute
/// @param uptimeSeconds of the node that runs longest
/// @param all everything that `parley.stats.get` tells
public record Stats(
    int connections,
    int users,
    int rooms,
    long authenticatedConnections,
    long messagesSent,
    long messagesReceived,
    double messagesPerSecond,
    long uptimeSeconds,
    JsonObject all) {
  static Stats of(JsonObject reply) {
    Fields in = new Fields(reply);
    return new Stats(
        ReplyFields.count(in, "connections"),
        ReplyFields.count(in, "users"),
        ReplyFields.count(in, "rooms"),
        number(in, "authenticated_connections"),
        number(in, "messages_sent"),
        number(in, "messages_received"),
        in.has("messages_per_second") ? in.decimal("messages_per_second") : 0,
        number(in, "uptime_seconds"),
        reply);
  }

  /// 0 if an older node answered.
  private static long number(Fields in, String name) {
    return in.optionalNumber(name, 0, Long.MAX_VALUE).orElse(0L);
  }
}
