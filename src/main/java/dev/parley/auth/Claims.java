package dev.parley.auth;

import dev.parley.config.AuthConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a token says, as far as it matters here (`connection.md`); see [ClaimsReader].
///
/// @param subject whom it names; empty if that is no user id
record Claims(
    Optional<UserId> subject,
    Optional<String> username,
    Optional<String> email,
    Set<String> roles,
    List<String> rooms,
    Optional<Instant> expiresAt,
    Optional<Instant> notBefore,
    Optional<Instant> issuedAt,
    Optional<String> issuer,
    List<String> audience,
    Optional<String> tokenId) {
  static final int MAX_ROLES = 64;
  static final int MAX_ROOMS = 512;

  Verdict judge(AuthConfig settings, Instant now) {
    return fault(settings, now).<Verdict>map(Verdict.Refused::new).orElseGet(this::verified);
  }

  private Optional<Refusal> fault(AuthConfig settings, Instant now) {
    Duration leeway = settings.leeway();
    if (expiresAt.filter(end -> !now.isBefore(end.plus(leeway))).isPresent()) {
      return Optional.of(Refusal.EXPIRED);
    }
    if (notBefore.filter(start -> now.isBefore(start.minus(leeway))).isPresent()) {
      return Optional.of(Refusal.NOT_YET_VALID);
    }
    if (settings.issuer().isPresent() && !settings.issuer().equals(issuer)) {
      return Optional.of(Refusal.ISSUER);
    }
    if (settings.audience().filter(wanted -> !audience.contains(wanted)).isPresent()) {
      return Optional.of(Refusal.AUDIENCE);
    }
    if (roles.size() > MAX_ROLES || rooms.size() > MAX_ROOMS) {
      return Optional.of(Refusal.TOO_LARGE);
    }
    return subject.isEmpty() ? Optional.of(Refusal.SUBJECT) : Optional.empty();
  }

  private Verdict verified() {
    var user = subject.orElseThrow();
    var name = username.orElse(user.value());
    var caller = new Caller(user, name, email, roles, rooms, false, Optional.empty());
    return new Verdict.Verified(caller, expiresAt, tokenId, issuedAt);
  }
}
