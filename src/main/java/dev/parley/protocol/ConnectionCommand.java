package dev.parley.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// About open connections, whichever nodes they are on; asked by verticles, administrators and
/// nodes. No dialect decodes to one. Each but [ListConnections] is answered by [Reply.Delivered]:
/// how many it found. A node that does not answer in time counts as having none.
public sealed interface ConnectionCommand extends Command {
  /// Writes a message to some connections as it is given.
  record SendTo(Recipients recipients, JsonObject message) implements ConnectionCommand {}

  /// Writes a message to the connections of a user, whose inbox has it at a place.
  record Deliver(UserId user, JsonObject message, Stamp stamp) implements ConnectionCommand {}

  /// Counts the connections that a message would reach.
  record Count(Recipients recipients) implements ConnectionCommand {}

  /// Counts all open connections, authenticated or not.
  record CountOpen() implements ConnectionCommand {}

  /// Ends a connection with 4403.
  record Disconnect(ConnectionId connection) implements ConnectionCommand {}

  /// Ends a connection with 1000, if it is this user's: they went on with another.
  record EndEarlier(ConnectionId connection, UserId user) implements ConnectionCommand {}

  /// Pings the connections of a user; those that stay silent are cut off.
  record ProbeUser(UserId user) implements ConnectionCommand {}

  /// Pings the connections of whoever counts as one address; those that stay silent are cut off.
  record ProbeAddress(String address) implements ConnectionCommand {}

  /// A page of the open connections, by id; of one user, or of those that joined one room. Answered
  /// by [Reply.Connections].
  ///
  /// @param after the last connection of the page before
  /// @param limit 1–200
  record ListConnections(
      Optional<UserId> user, Optional<RoomName> room, Optional<ConnectionId> after, int limit)
      implements ConnectionCommand {}
}
