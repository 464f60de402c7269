package dev.parley.gateway;

import dev.parley.auth.limits.FrameLimits;
import dev.parley.dialect.Dialect;
import dev.parley.observe.DialectMeters;
import java.util.Optional;

/// A dialect as it is served here; shared by all of its connections on all loops.
///
/// @param subprotocol the one that means this dialect, to be answered if the client offers it
/// @param namesUserInQuery whether the query's `user_id` must be the token's user
record Endpoint(
    WireEncoding encoding,
    SessionSettings settings,
    FrameLimits limits,
    DialectMeters meters,
    Optional<String> subprotocol,
    boolean namesUserInQuery) {
  Dialect dialect() {
    return encoding.dialect();
  }
}
