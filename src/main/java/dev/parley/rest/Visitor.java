package dev.parley.rest;

import dev.parley.protocol.Caller;
import dev.parley.protocol.UserId;

/// Whoever makes a call.
///
/// @param administers whether it is an administrator who calls from where one may
record Visitor(Caller caller, boolean administers) {
  /// Somebody without a token.
  static final Visitor GUEST = new Visitor(Caller.guest(new UserId("guest")), false);
}
