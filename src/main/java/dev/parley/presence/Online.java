package dev.parley.presence;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A user who counts as online.
///
/// @param connections those that are open; none during the grace after the last closed
/// @param since when the user came online
/// @param leftAt when the last connection closed, during the grace
record Online(
    UserId user,
    String username,
    PresenceStatus status,
    Optional<String> statusMessage,
    Optional<String> location,
    Set<ConnectionId> connections,
    Instant since,
    Optional<Instant> leftAt) {

  static Online now(UserId user, String username, ConnectionId connection, Instant now) {
    return new Online(
        user,
        username,
        PresenceStatus.ONLINE,
        Optional.empty(),
        Optional.empty(),
        Set.of(connection),
        now,
        Optional.empty());
  }

  Online with(ConnectionId connection) {
    Set<ConnectionId> more = new HashSet<>(connections);
    more.add(connection);
    return withConnections(more, Optional.empty());
  }

  Online without(ConnectionId connection, Instant now) {
    Set<ConnectionId> fewer = new HashSet<>(connections);
    fewer.remove(connection);
    return withConnections(fewer, fewer.isEmpty() ? Optional.of(now) : Optional.empty());
  }

  /// @param name what the user is called by now
  Online with(SetPresence said, String name) {
    return new Online(
        user,
        name,
        said.status(),
        said.statusMessage().filter(text -> !text.isEmpty()),
        said.location().filter(text -> !text.isEmpty()),
        connections,
        since,
        leftAt);
  }

  PresenceState toState(Instant now) {
    return new PresenceState(
        user,
        username,
        status,
        statusMessage,
        location,
        Optional.of(leftAt.orElse(now)),
        connections.size());
  }

  PresenceState toOffline(Instant now) {
    return new PresenceState(
        user,
        username,
        PresenceStatus.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(leftAt.orElse(now)),
        0);
  }

  private Online withConnections(Set<ConnectionId> changed, Optional<Instant> left) {
    return new Online(
        user, username, status, statusMessage, location, Set.copyOf(changed), since, left);
  }
}
