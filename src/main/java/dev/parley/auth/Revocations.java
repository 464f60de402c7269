package dev.parley.auth;

import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known on this node of tokens and users whose right to be here was taken back. Asked for
/// every token, without a call of the store. Any thread may call it.
///
/// It holds all that is kept; whoever keeps it sees to the bound.
public final class Revocations {
  /// What tells a token from others of its user.
  ///
  /// @param id its `jti`
  /// @param issuedAt its `iat`
  public record Token(Optional<String> id, Optional<Instant> issuedAt) {
    public static final Token NONE = new Token(Optional.empty(), Optional.empty());
  }

  private final Map<String, Optional<Instant>> tokens = new HashMap<>();
  private final Map<UserId, Instant> issuedBefore = new HashMap<>();
  private final Set<UserId> blocked = new HashSet<>();
  private Instant allIssuedBefore = Instant.MIN;

  /// Why a token is not accepted any more; empty if it is.
  public synchronized Optional<Refusal> refuse(UserId user, Token token) {
    if (blocked.contains(user)) {
      return Optional.of(Refusal.BLOCKED);
    }
    return isRevoked(user, token) ? Optional.of(Refusal.REVOKED) : Optional.empty();
  }

  public synchronized boolean isBlocked(UserId user) {
    return blocked.contains(user);
  }

  /// Takes in what was decided, or was read again: repeating it does nothing.
  public synchronized void apply(AccessCommand decided) {
    switch (decided) {
      case AccessCommand.BlockUser(var user) -> blocked.add(user);
      case AccessCommand.UnblockUser(var user) -> blocked.remove(user);
      case AccessCommand.RevokeToken(var id, var expiresAt) -> tokens.put(id, expiresAt);
      case AccessCommand.RevokeTokensOf(var user, var time) ->
          issuedBefore.merge(user, time, Revocations::later);
      case AccessCommand.RevokeTokens(var time) -> allIssuedBefore = later(allIssuedBefore, time);
    }
  }

  /// Holds exactly this from now on.
  public synchronized void replace(List<AccessCommand> decided) {
    tokens.clear();
    issuedBefore.clear();
    blocked.clear();
    allIssuedBefore = Instant.MIN;
    decided.forEach(this::apply);
  }

  /// How much it holds.
  public synchronized int size() {
    return tokens.size() + issuedBefore.size() + blocked.size();
  }

  private boolean isRevoked(UserId user, Token token) {
    return token.id().filter(tokens::containsKey).isPresent()
        || isBefore(token, issuedBefore.getOrDefault(user, Instant.MIN))
        || isBefore(token, allIssuedBefore);
  }

  /// A token that does not say when it was issued may be an old one.
  private static boolean isBefore(Token token, Instant time) {
    return time.isAfter(Instant.MIN)
        && token.issuedAt().map(issued -> issued.isBefore(time)).orElse(true);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
