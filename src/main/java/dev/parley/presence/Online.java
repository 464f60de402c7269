package dev.parley.presence;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A user who counts as online by connections to this node.
///
/// @param connections those that are open; none during the grace after the last closed
/// @param leftAt when the last connection closed, during the grace
/// @param owesGoodbye the last closed while other nodes still had some: nobody was told
record Online(
    UserId user,
    Statement said,
    Set<ConnectionId> connections,
    Optional<Instant> leftAt,
    boolean owesGoodbye) {

  Online {
    connections = Set.copyOf(connections);
  }

  static Online now(UserId user, Statement said, ConnectionId connection) {
    return new Online(user, said, Set.of(connection), Optional.empty(), false);
  }

  Online with(ConnectionId connection) {
    Set<ConnectionId> more = new HashSet<>(connections);
    more.add(connection);
    return new Online(user, said, more, Optional.empty(), false);
  }

  Online without(ConnectionId connection) {
    Set<ConnectionId> fewer = new HashSet<>(connections);
    fewer.remove(connection);
    return new Online(user, said, fewer, leftAt, owesGoodbye);
  }

  /// @param at when the last connection closed
  Online leaving(Instant at, boolean owes) {
    return new Online(user, said, connections, Optional.of(at), owes);
  }

  Online with(Statement newer) {
    return new Online(user, newer, connections, leftAt, owesGoodbye);
  }

  Online withoutDebt() {
    return new Online(user, said, connections, leftAt, false);
  }

  boolean isOpen() {
    return !connections.isEmpty();
  }

  PresenceStatus status() {
    return said.status();
  }

  OnlineRow toRow(NodeId self) {
    return new OnlineRow(self, said, connections.size(), leftAt);
  }

  /// As far as this node knows alone.
  PresenceState toState(NodeId self, Instant now) {
    return new Everywhere(user, List.of(toRow(self))).toState(now);
  }
}
