package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.auth.Verdict.Refused;
import dev.parley.config.Config;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens signed with somebody's private key, checked with the public one from a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PublicKeysTest {
  private static final String RS256 = "{\"alg\":\"RS256\"}";
  private static final String ES256 = "{\"alg\":\"ES256\"}";
  private static final String ALICE = "{\"sub\":\"alice\"}";
  private static final KeyPair RSA = Tokens.rsaKeys(2048);
  private static final KeyPair EC = Tokens.ecKeys("secp256r1");

  @TempDir private Path directory;
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
  void rs256TokenIsCheckedWithAPublicKeyFile() {
    var verifier = open("RS256", Tokens.pem("PUBLIC KEY", RSA.getPublic().getEncoded()));
    assertThat(isGood(verifier, Tokens.rs256(RS256, ALICE, RSA.getPrivate()))).isTrue();
    assertThat(refusal(verifier, Tokens.rs256(RS256, ALICE, Tokens.rsaKeys(2048).getPrivate())))
        .isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void rs256TokenIsCheckedWithACertificate() {
    var certificate = Certificates.selfSigned(RSA);
    var verifier = open("RS256", Tokens.pem("CERTIFICATE", certificate));
    assertThat(isGood(verifier, Tokens.rs256(RS256, ALICE, RSA.getPrivate()))).isTrue();
  }

  @Test
  void es256TokenIsCheckedWithAPublicKeyFile() {
    var verifier = open("ES256", Tokens.pem("PUBLIC KEY", EC.getPublic().getEncoded()));
    assertThat(isGood(verifier, Tokens.es256(ES256, ALICE, EC.getPrivate()))).isTrue();
    assertThat(
            refusal(verifier, Tokens.es256(ES256, ALICE, Tokens.ecKeys("secp256r1").getPrivate())))
        .isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void signatureIsCheckedOffTheEventLoopAndAnsweredOnIt() {
    var verifier = open("ES256", Tokens.pem("PUBLIC KEY", EC.getPublic().getEncoded()));
    var token = Tokens.es256(ES256, ALICE, EC.getPrivate());
    var context = vertx.getOrCreateContext();
    Promise<Boolean> asItShould = Promise.promise();
    context.runOnContext(
        _ -> {
          var verdict = verifier.verify(token);
          boolean atOnce = verdict.isComplete();
          verdict.onComplete(
              _ -> asItShould.complete(!atOnce && context.equals(Vertx.currentContext())));
        });
    assertThat(asItShould.future().await()).isTrue();
  }

  @Test
  void publicKeyIsNeverTakenForASharedSecret() {
    var pem = Tokens.pem("PUBLIC KEY", RSA.getPublic().getEncoded());
    var verifier = open("RS256", pem);
    var header = "{\"alg\":\"HS256\"}";
    var key = RSA.getPublic().getEncoded();
    assertThat(refusal(verifier, Tokens.hs256(header, ALICE, key))).isEqualTo(Refusal.ALGORITHM);
    assertThat(
            refusal(
                verifier,
                Tokens.hs256(header, ALICE, pem.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isEqualTo(Refusal.ALGORITHM);
    // Said to be RS256, signed as HS256.
    assertThat(refusal(verifier, Tokens.hs256(RS256, ALICE, key))).isEqualTo(Refusal.SIGNATURE);
  }

  @Test
  void signatureOfAnotherShapeIsRefused() {
    var verifier = open("ES256", Tokens.pem("PUBLIC KEY", EC.getPublic().getEncoded()));
    var der = Tokens.signed(ES256, ALICE, EC.getPrivate(), "SHA256withECDSA");
    var good = Tokens.es256(ES256, ALICE, EC.getPrivate());
    var signed = good.substring(0, good.lastIndexOf('.') + 1);
    Stream.of(
            der, signed, signed + Tokens.base64(new byte[64]), signed + Tokens.base64(new byte[63]))
        .forEach(token -> assertThat(refusal(verifier, token)).isEqualTo(Refusal.SIGNATURE));
  }

  static Stream<Arguments> badFiles() {
    var rsa = RSA.getPublic().getEncoded();
    return Stream.of(
        Arguments.of(
            "weak RSA",
            "RS256",
            Tokens.pem("PUBLIC KEY", Tokens.rsaKeys(1024).getPublic().getEncoded())),
        Arguments.of(
            "EC for RS256", "RS256", Tokens.pem("PUBLIC KEY", EC.getPublic().getEncoded())),
        Arguments.of("RSA for ES256", "ES256", Tokens.pem("PUBLIC KEY", rsa)),
        Arguments.of(
            "another curve",
            "ES256",
            Tokens.pem("PUBLIC KEY", Tokens.ecKeys("secp384r1").getPublic().getEncoded())),
        Arguments.of(
            "private key", "RS256", Tokens.pem("PRIVATE KEY", RSA.getPrivate().getEncoded())),
        Arguments.of("PKCS#1", "RS256", Tokens.pem("RSA PUBLIC KEY", rsa)),
        Arguments.of(
            "cut short", "RS256", Tokens.pem("PUBLIC KEY", java.util.Arrays.copyOf(rsa, 100))),
        Arguments.of(
            "no base64", "RS256", "-----BEGIN PUBLIC KEY-----\n%%%\n-----END PUBLIC KEY-----"),
        Arguments.of("a bad certificate", "RS256", Tokens.pem("CERTIFICATE", rsa)),
        Arguments.of("DER", "RS256", "0\u0082\u0001"),
        Arguments.of("empty", "RS256", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void fileWithoutAFittingKeyIsRefusedByName(String name, String algorithm, String text) {
    assertThatThrownBy(() -> open(algorithm, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key.pem");
  }

  @Test
  void missingFileIsRefusedByName() {
    var config = config("RS256", directory.resolve("nowhere.pem"));
    assertThatThrownBy(
            () ->
                TokenVerifier.open(vertx, config.auth(), InstantSource.system(), new Revocations()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere.pem");
  }

  private TokenVerifier open(String algorithm, String text) {
    try {
      var file = Files.writeString(directory.resolve("key.pem"), text);
      return TokenVerifier.open(
          vertx, config(algorithm, file).auth(), InstantSource.system(), new Revocations());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Config config(String algorithm, Path file) {
    return Config.of("auth.algorithm", algorithm, "auth.public_key", file.toString());
  }

  private static boolean isGood(TokenVerifier verifier, String token) {
    return verifier.verify(token).await() instanceof Verdict.Verified;
  }

  private static Refusal refusal(TokenVerifier verifier, String token) {
    return ((Refused) verifier.verify(token).await()).refusal();
  }
}
