package dev.parley.auth;

import dev.parley.auth.SignatureCheck.Hmac;
import dev.parley.config.AuthConfig;
import dev.parley.config.Secret;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes HS256 tokens that a [TokenVerifier] of the same settings takes: for `POST /dev/token` in
/// development and for `parley token`.
public final class TokenIssuer {
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final Hmac key;
  private final AuthConfig settings;
  private final InstantSource clock;

  /// @param secret what the verifier has as `auth.secret`
  /// @param settings issuer and audience
  public TokenIssuer(Secret secret, AuthConfig settings, InstantSource clock) {
    this.key = Hmac.of(secret);
    this.settings = settings;
    this.clock = clock;
  }

  /// Empty if tokens are signed with a key that is not ours.
  public static Optional<TokenIssuer> of(AuthConfig settings, InstantSource clock) {
    return settings.secret().map(secret -> new TokenIssuer(secret, settings, clock));
  }

  /// Whom a token is for, and for how long.
  ///
  /// @param username empty: the user's id
  public record Grant(
      UserId user,
      Optional<String> username,
      List<String> roles,
      List<String> rooms,
      Duration lifetime) {
    public Grant {
      roles = List.copyOf(roles);
      rooms = List.copyOf(rooms);
    }
  }

  public String issue(Grant grant) {
    long now = clock.instant().getEpochSecond();
    var claims =
        new JsonObject()
            .put("sub", grant.user().value())
            .put("username", grant.username().orElse(grant.user().value()))
            .put("roles", new JsonArray(grant.roles()))
            .put("rooms", new JsonArray(grant.rooms()))
            .put("iat", now)
            .put("exp", now + grant.lifetime().toSeconds());
    settings.issuer().ifPresent(issuer -> claims.put("iss", issuer));
    settings.audience().ifPresent(audience -> claims.put("aud", audience));
    return sign(HEADER + '.' + encode(claims.encode()));
  }

  private String sign(String signed) {
    return signed + '.' + encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
