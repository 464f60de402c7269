package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.auth.Verdict.Refused;
import dev.parley.auth.Verdict.Verified;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenIssuerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Grant ALICE =
      new Grant(
          new UserId("alice"),
          Optional.of("Alice \"A\" Ä."),
          List.of("admin"),
          List.of("order_7"),
          Duration.ofHours(1));

  private Vertx vertx;

  @BeforeAll
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  @Test
  void whatIsIssuedIsVerified() {
    var config = Config.defaults();
    var verified = (Verified) verify(config, issue(config), NOW);
    assertThat(verified.caller().user().value()).isEqualTo("alice");
    assertThat(verified.caller().username()).isEqualTo("Alice \"A\" Ä.");
    assertThat(verified.caller().roles()).containsExactly("admin");
    assertThat(verified.caller().rooms()).containsExactly("order_7");
    assertThat(verified.expiresAt()).contains(NOW.plusSeconds(3_600));
    assertThat(verified.issuedAt()).contains(NOW);
  }

  @Test
  void anotherLibraryTakesWhatIsIssued() {
    var config = Config.of("auth.secret", Tokens.SECRET_TEXT, "auth.issuer", "https://id");
    var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Tokens.SECRET_TEXT);
    var now = TokenIssuer.of(config.auth(), InstantSource.system()).orElseThrow().issue(ALICE);
    var library = JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key));
    var user = library.authenticate(new TokenCredentials(now)).await();
    assertThat(user.principal().getString("sub")).isEqualTo("alice");
    assertThat(user.principal().getString("iss")).isEqualTo("https://id");
  }

  @Test
  void issuerAndAudienceAreThoseThatAreChecked() {
    var config = Config.of("auth.issuer", "https://id", "auth.audience", "parley");
    assertThat(verify(config, issue(config), NOW)).isInstanceOf(Verified.class);
  }

  @Test
  void whatIsIssuedEnds() {
    var config = Config.defaults();
    assertThat(verify(config, issue(config), NOW.plusSeconds(3_629))).isInstanceOf(Verified.class);
    assertThat(verify(config, issue(config), NOW.plusSeconds(3_630)))
        .isEqualTo(new Refused(Refusal.EXPIRED));
  }

  @Test
  void everyStartHasASecretOfItsOwn() {
    assertThat(verify(Config.defaults(), issue(Config.defaults()), NOW))
        .isEqualTo(new Refused(Refusal.SIGNATURE));
  }

  @Test
  void nothingIsIssuedWithSomebodyElsesKey() {
    var config = Config.of("auth.jwks_url", "https://keys.example/jwks");
    assertThat(TokenIssuer.of(config.auth(), InstantSource.fixed(NOW))).isEmpty();
  }

  private static String issue(Config config) {
    return TokenIssuer.of(config.auth(), InstantSource.fixed(NOW)).orElseThrow().issue(ALICE);
  }

  private Verdict verify(Config config, String token, Instant now) {
    return TokenVerifier.open(vertx, config.auth(), InstantSource.fixed(now), new Revocations())
        .verify(token)
        .await();
  }
}
