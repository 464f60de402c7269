package dev.parley.protocol;

import java.time.Instant;
import java.util.Optional;

/// Takes the right to be here back, or gives it again: of an administrator; verticles ask as
/// [Caller#SERVER]. Stored, and in effect on this node, when it is answered by [Reply.Done]; on the
/// others within a second. No dialect decodes to one.
public sealed interface AccessCommand extends Command {
  /// A blocked user's connections end with 4403, and none of their tokens is accepted.
  record BlockUser(UserId user) implements AccessCommand {}

  record UnblockUser(UserId user) implements AccessCommand {}

  /// One token, by its `jti`.
  ///
  /// @param expiresAt when the token ends by itself, from which on this need not be kept; empty if
  ///   that is not known
  record RevokeToken(String tokenId, Optional<Instant> expiresAt) implements AccessCommand {}

  /// All tokens of a user that were issued before a time, or do not say when.
  record RevokeTokensOf(UserId user, Instant issuedBefore) implements AccessCommand {}

  /// All tokens of everybody that were issued before a time, or do not say when.
  record RevokeTokens(Instant issuedBefore) implements AccessCommand {}
}
