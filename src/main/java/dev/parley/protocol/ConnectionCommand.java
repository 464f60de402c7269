package dev.parley.protocol;

import io.vertx.core.json.JsonObject;

/// About open connections of this node, asked by verticles and administrators. No dialect decodes
/// to one.
public sealed interface ConnectionCommand extends Command {
  /// Writes a message to some connections as it is given. Answered by [Reply.Delivered].
  record SendTo(Recipients recipients, JsonObject message) implements ConnectionCommand {}

  /// Counts the connections that a message would reach. Answered by [Reply.Delivered].
  record Count(Recipients recipients) implements ConnectionCommand {}

  /// Ends a connection with 4403. Answered by [Reply.Delivered]: 0 if it is not here.
  record Disconnect(ConnectionId connection) implements ConnectionCommand {}
}
