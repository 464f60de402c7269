package dev.parley;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  /// A token that says exactly this.
  public static String saying(JsonObject claims) {
    String signed = encode("{\"alg\":\"HS256\"}") + '.' + encode(claims.encode());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
