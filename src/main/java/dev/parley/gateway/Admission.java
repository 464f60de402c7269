package dev.parley.gateway;

import dev.parley.auth.Revocations;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Rejection;
import java.time.Instant;
import java.util.Optional;

/// How somebody comes in.
sealed interface Admission {
  /// A good token names them, and there is a place for them.
  ///
  /// @param token what may be revoked
  record Known(Caller caller, Optional<Instant> expiresAt, Revocations.Token token)
      implements Admission {}

  /// Development mode admits them without a token.
  record Guest() implements Admission {}

  /// They must show a token yet.
  record Stranger() implements Admission {}

  /// They are told why, and put out.
  record Refused(Rejection rejection) implements Admission {}
}
