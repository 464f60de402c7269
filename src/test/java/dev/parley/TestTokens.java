package dev.parley;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Tokens that every [TestNode] takes.
public final class TestTokens {
  public static final String SECRET = "a secret of at least thirty-two bytes, for tests only";

  private static final TokenIssuer ISSUER =
      TokenIssuer.of(Config.of("auth.secret", SECRET).auth(), InstantSource.system()).orElseThrow();

  private TestTokens() {}

  public static String of(String user, String... roles) {
    return of(user, Duration.ofHours(1), roles);
  }

  /// The user's name is their id with a capital.
  public static String of(String user, Duration lifetime, String... roles) {
    String name = Character.toUpperCase(user.charAt(0)) + user.substring(1);
    return ISSUER.issue(
        new Grant(new UserId(user), Optional.of(name), List.of(roles), List.of(), lifetime));
  }
}
