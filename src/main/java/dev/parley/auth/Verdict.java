package dev.parley.auth;

import dev.parley.protocol.Caller;
import java.time.Instant;
import java.util.Optional;

/// What became of a token.
public sealed interface Verdict {
  /// It is good.
  ///
  /// @param caller whom it names; without a connection
  /// @param expiresAt its `exp`, which may lie in the past by less than the leeway
  /// @param tokenId its `jti`
  /// @param issuedAt its `iat`
  record Verified(
      Caller caller,
      Optional<Instant> expiresAt,
      Optional<String> tokenId,
      Optional<Instant> issuedAt)
      implements Verdict {
    /// What may be revoked.
    public Revocations.Token token() {
      return new Revocations.Token(tokenId, issuedAt);
    }
  }

  /// It is not, or nobody can tell now.
  record Refused(Refusal refusal) implements Verdict {
    /// What is wrong, safe for clients.
    public String reason() {
      return refusal.text();
    }
  }
}
