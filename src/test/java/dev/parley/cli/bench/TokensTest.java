package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";

  @Test
  void aSignedTokenIsBelieved() {
    Vertx vertx = Vertx.vertx();
    try {
      JWTAuth verifier =
          JWTAuth.create(
              vertx,
              new JWTAuthOptions()
                  .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(SECRET)));
      String token = Tokens.signedWith(SECRET, Instant.now()).of("u7").orElseThrow();
      JsonObject claims = verifier.authenticate(new TokenCredentials(token)).await().principal();
      assertThat(claims.getString("sub")).isEqualTo("u7");
    } finally {
      vertx.close().await();
    }
  }
}
