package dev.parley.gateway;

import dev.parley.auth.address.IpAddress;
import dev.parley.dialect.Dialect;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ClientLabel;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.UserId;
import java.util.Optional;

/// What the door knows of a connection that it lets in.
///
/// @param stranger who it is until a token names somebody
/// @param expected the user that the token must name, as some clients say it in the query
/// @param holdsPlace whether a place of its address was taken for it
/// @param batch the window in which it wants its events together, as it says it
/// @param openedAtMillis when it came, by the clock
record Entrance(
    ConnectionId connection,
    Endpoint endpoint,
    IpAddress address,
    Caller stranger,
    Optional<UserId> expected,
    boolean holdsPlace,
    Optional<String> batch,
    long openedAtMillis,
    ClientLabel client) {
  Dialect dialect() {
    return endpoint.dialect();
  }

  SessionSettings settings() {
    return endpoint.settings();
  }

  Entrance withoutPlace() {
    return new Entrance(
        connection, endpoint, address, stranger, expected, false, batch, openedAtMillis, client);
  }
}
