package dev.parley.auth;

import static dev.parley.auth.Tokens.base64;
import static dev.parley.auth.Tokens.hs256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.auth.Verdict.Refused;
import dev.parley.auth.Verdict.Verified;
import dev.parley.config.Config;
import dev.parley.protocol.Caller;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens with a shared secret: whatever an attacker can write into one, and what each claim means.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenVerifierTest {
  private static final long NOW = 1_800_000_000;
  private static final String HS256 = "{\"alg\":\"HS256\"}";
  private static final String ALICE = "{\"sub\":\"alice\"}";

  private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(NOW));
  private Vertx vertx;
  private TokenVerifier verifier;

  @BeforeAll
  void open() {
    vertx = Vertx.vertx();
    verifier = open("auth.secret", Tokens.SECRET_TEXT);
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  @Test
  void goodTokenNamesItsUser() {
    var token =
        hs256(
            """
            {"sub":"alice","username":"Alice A.","email":"a@example.org","roles":["admin","ops"],
             "rooms":["order_7","quote_*"],"exp":1800000060,"iat":1799999999,"jti":"t1"}
            """);
    var verified = verified(token);
    assertThat(verified.caller().user().value()).isEqualTo("alice");
    assertThat(verified.caller().username()).isEqualTo("Alice A.");
    assertThat(verified.caller().email()).contains("a@example.org");
    assertThat(verified.caller().roles()).containsExactlyInAnyOrder("admin", "ops");
    assertThat(verified.caller().rooms()).containsExactly("order_7", "quote_*");
    assertThat(verified.caller().anonymous()).isFalse();
    assertThat(verified.caller().connection()).isEmpty();
    assertThat(verified.expiresAt()).contains(Instant.ofEpochSecond(1_800_000_060));
    assertThat(verified.issuedAt()).contains(Instant.ofEpochSecond(1_799_999_999));
    assertThat(verified.tokenId()).contains("t1");
  }

  @Test
  void secretIsCheckedAtOnce() {
    assertThat(verifier.verify(hs256(ALICE)).isComplete()).isTrue();
  }

  static Stream<Arguments> attacks() {
    var none = "{\"alg\":\"none\"}";
    var publicKey = Tokens.rsaKeys(2048).getPublic().getEncoded();
    var good = hs256(ALICE);
    var signature = good.substring(good.lastIndexOf('.') + 1);
    var bareNone = base64(none) + '.' + base64(ALICE) + '.';
    return Stream.of(
        attack("alg none, no signature", bareNone, Refusal.ALGORITHM),
        attack("alg none, signed", hs256(none, ALICE, Tokens.SECRET), Refusal.ALGORITHM),
        attack(
            "alg nOnE",
            bareNone.replace(base64(none), base64("{\"alg\":\"nOnE\"}")),
            Refusal.ALGORITHM),
        attack("alg empty", hs256("{\"alg\":\"\"}", ALICE, Tokens.SECRET), Refusal.ALGORITHM),
        attack("alg missing", hs256("{}", ALICE, Tokens.SECRET), Refusal.ALGORITHM),
        attack(
            "alg in lower case",
            hs256("{\"alg\":\"hs256\"}", ALICE, Tokens.SECRET),
            Refusal.ALGORITHM),
        attack(
            "alg HS512 over HS256",
            hs256("{\"alg\":\"HS512\"}", ALICE, Tokens.SECRET),
            Refusal.ALGORITHM),
        attack("alg RS256", hs256("{\"alg\":\"RS256\"}", ALICE, Tokens.SECRET), Refusal.ALGORITHM),
        attack("alg a number", hs256("{\"alg\":256}", ALICE, Tokens.SECRET), Refusal.MALFORMED),
        attack(
            "alg a list", hs256("{\"alg\":[\"HS256\"]}", ALICE, Tokens.SECRET), Refusal.MALFORMED),
        attack(
            "alg twice",
            hs256("{\"alg\":\"HS256\",\"alg\":\"none\"}", ALICE, Tokens.SECRET),
            Refusal.MALFORMED),
        attack("signed with a public key", hs256(HS256, ALICE, publicKey), Refusal.SIGNATURE),
        attack(
            "signed with an empty-looking key",
            hs256(HS256, ALICE, new byte[1]),
            Refusal.SIGNATURE),
        attack("no signature", good.substring(0, good.lastIndexOf('.') + 1), Refusal.SIGNATURE),
        attack("signature cut short", good.substring(0, good.length() - 4), Refusal.SIGNATURE),
        attack("signature longer", good + "AAAA", Refusal.SIGNATURE),
        attack(
            "payload exchanged",
            base64(HS256) + '.' + base64("{\"sub\":\"root\"}") + '.' + signature,
            Refusal.SIGNATURE),
        attack(
            "crit",
            hs256("{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}", ALICE, Tokens.SECRET),
            Refusal.EXTENSION),
        attack(
            "b64 false",
            hs256("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}", ALICE, Tokens.SECRET),
            Refusal.EXTENSION),
        attack(
            "kid a number",
            hs256("{\"alg\":\"HS256\",\"kid\":7}", ALICE, Tokens.SECRET),
            Refusal.MALFORMED),
        attack("empty", "", Refusal.MALFORMED),
        attack("two parts", base64(HS256) + '.' + base64(ALICE), Refusal.MALFORMED),
        attack("four parts", good + ".AAAA", Refusal.MALFORMED),
        attack("five parts (encrypted)", good + ".AAAA.AAAA", Refusal.MALFORMED),
        attack("only dots", "..", Refusal.MALFORMED),
        attack(
            "header no JSON",
            base64("HS256") + '.' + base64(ALICE) + '.' + signature,
            Refusal.MALFORMED),
        attack("header a list", hs256("[]", ALICE, Tokens.SECRET), Refusal.MALFORMED),
        attack(
            "something after the header",
            hs256(HS256 + "{}", ALICE, Tokens.SECRET),
            Refusal.MALFORMED),
        attack("padding", good + "=", Refusal.MALFORMED),
        attack("not base64", "!" + good, Refusal.MALFORMED),
        attack("spaces", good + " ", Refusal.MALFORMED),
        attack("not ASCII", "ａ" + good, Refusal.MALFORMED),
        attack("surrogates", "\ud800.\udfff.\ud800", Refusal.MALFORMED),
        attack("8 KiB and one", "a".repeat(8 * 1024 + 1), Refusal.TOO_LARGE),
        attack("a megabyte", "a.".repeat(500_000), Refusal.TOO_LARGE),
        attack("payload no JSON", hs256("alice"), Refusal.CLAIMS),
        attack("payload a text", hs256("\"alice\""), Refusal.CLAIMS),
        attack("payload empty", hs256(""), Refusal.CLAIMS),
        attack("payload another token", hs256(good), Refusal.CLAIMS),
        attack("sub twice", hs256("{\"sub\":\"alice\",\"sub\":\"root\"}"), Refusal.CLAIMS),
        attack("two objects", hs256(ALICE + ALICE), Refusal.CLAIMS),
        attack("unclosed", hs256("{\"sub\":\"alice\""), Refusal.CLAIMS),
        attack(
            "deep",
            hs256("{\"sub\":\"alice\",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"),
            Refusal.CLAIMS),
        attack(
            "a number of 2,000 digits",
            hs256("{\"sub\":\"alice\",\"x\":" + "9".repeat(2_000) + "}"),
            Refusal.CLAIMS),
        attack(
            "roles an object",
            hs256("{\"sub\":\"alice\",\"roles\":{\"admin\":true}}"),
            Refusal.CLAIMS),
        attack(
            "roles with a number",
            hs256("{\"sub\":\"alice\",\"roles\":[\"admin\",1]}"),
            Refusal.CLAIMS),
        attack(
            "roles nested", hs256("{\"sub\":\"alice\",\"roles\":[[\"admin\"]]}"), Refusal.CLAIMS),
        attack(
            "a role without end",
            hs256("{\"sub\":\"alice\",\"role\":\"" + "r".repeat(129) + "\"}"),
            Refusal.CLAIMS),
        attack(
            "65 roles",
            hs256("{\"sub\":\"alice\",\"roles\":" + names(65) + "}"),
            Refusal.TOO_LARGE),
        attack(
            "513 rooms",
            hs256("{\"sub\":\"alice\",\"rooms\":" + names(513) + "}"),
            Refusal.TOO_LARGE),
        attack("exp a text", hs256("{\"sub\":\"alice\",\"exp\":\"1900000000\"}"), Refusal.CLAIMS),
        attack("exp true", hs256("{\"sub\":\"alice\",\"exp\":true}"), Refusal.CLAIMS),
        attack("exp a list", hs256("{\"sub\":\"alice\",\"exp\":[1900000000]}"), Refusal.CLAIMS),
        attack("exp negative", hs256("{\"sub\":\"alice\",\"exp\":-1}"), Refusal.EXPIRED),
        attack("exp tiny", hs256("{\"sub\":\"alice\",\"exp\":1e-999999999}"), Refusal.EXPIRED),
        attack(
            "nbf endless", hs256("{\"sub\":\"alice\",\"nbf\":1e999999999}"), Refusal.NOT_YET_VALID),
        attack("no user", hs256("{}"), Refusal.SUBJECT),
        attack("sub null", hs256("{\"sub\":null}"), Refusal.SUBJECT),
        attack("sub empty", hs256("{\"sub\":\"\"}"), Refusal.SUBJECT),
        attack(
            "sub invalid, user_id good",
            hs256("{\"sub\":\"a b\",\"user_id\":\"root\"}"),
            Refusal.SUBJECT),
        attack("sub an object", hs256("{\"sub\":{\"id\":\"alice\"}}"), Refusal.CLAIMS),
        attack("sub true", hs256("{\"sub\":true}"), Refusal.CLAIMS),
        attack("sub 1.5", hs256("{\"sub\":1.5}"), Refusal.CLAIMS),
        attack("sub 1e5", hs256("{\"sub\":1e5}"), Refusal.CLAIMS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void attackIsRefused(String name, String token, Refusal refusal) {
    assertThat(refusal(token)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"kid\":\"../../../../dev/null\"}",
        "{\"alg\":\"HS256\",\"kid\":\"/etc/passwd\"}",
        "{\"alg\":\"HS256\",\"kid\":\"x' UNION SELECT 'key\"}",
        "{\"alg\":\"HS256\",\"kid\":\"http://attacker.example/key\"}",
        "{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/keys\"}",
        "{\"alg\":\"HS256\",\"x5u\":\"http://127.0.0.1:1/cert\",\"x5c\":[\"AAAA\"]}",
        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}"
      })
  void headerNeverSaysWhereTheKeyIs(String header) {
    assertThat(user(hs256(header, ALICE, Tokens.SECRET))).isEqualTo("alice");
    assertThat(refusal(hs256(header, ALICE, new byte[] {0}))).isEqualTo(Refusal.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a/b",
        "a\\\\b",
        "ä",
        "a\\u0000b",
        "a\\nb",
        "<a>",
        "a,b",
        "a*",
        "#a",
        "\\ud83d\\ude00"
      })
  void userIdHasOnlyItsAlphabet(String id) {
    assertThat(refusal(hs256("{\"sub\":\"" + id + "\"}"))).isEqualTo(Refusal.SUBJECT);
  }

  @ParameterizedTest
  @CsvSource({
    "{\"sub\":\"alice\"},alice",
    "{\"user_id\":\"alice\"},alice",
    "{\"user_id\":\"bob\";\"sub\":\"alice\"},alice",
    "{\"sub\":null;\"user_id\":\"bob\"},bob",
    "{\"sub\":42},42",
    "{\"sub\":-1},-1",
    "{\"user_id\":12345678901234567890},12345678901234567890",
    "{\"sub\":\"auth0|5f7c.a_b-c:d+e@f\"},auth0|5f7c.a_b-c:d+e@f"
  })
  void userIsSubOrUserId(String payload, String user) {
    assertThat(user(hs256(payload.replace(';', ',')))).isEqualTo(user);
  }

  @Test
  void idMayHave128Characters() {
    var id = "a".repeat(128);
    assertThat(user(hs256("{\"sub\":\"" + id + "\"}"))).isEqualTo(id);
    assertThat(refusal(hs256("{\"sub\":\"a" + id + "\"}"))).isEqualTo(Refusal.SUBJECT);
  }

  @ParameterizedTest
  @CsvSource({
    "{\"sub\":\"u\"},u",
    "{\"sub\":\"u\";\"name\":\"Name\"},Name",
    "{\"sub\":\"u\";\"name\":\"Name\";\"username\":\"User\"},User",
    "{\"sub\":\"u\";\"username\":\"\";\"name\":\"Name\"},Name",
    "{\"sub\":\"u\";\"username\":7},u",
    "{\"sub\":\"u\";\"username\":\"a\\u0000\\n\\u001bb\"},ab"
  })
  void nameIsUsernameOrNameOrTheId(String payload, String name) {
    assertThat(caller(hs256(payload.replace(';', ','))).username()).isEqualTo(name);
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    var face = "\ud83d\ude00";
    var token = hs256("{\"sub\":\"u\",\"username\":\"" + face.repeat(300) + "\"}");
    assertThat(caller(token).username()).isEqualTo(face.repeat(128));
  }

  @Test
  void rolesMayBeAListOrOneText() {
    assertThat(caller(hs256("{\"sub\":\"u\",\"role\":\"admin\"}")).roles())
        .containsExactly("admin");
    assertThat(caller(hs256("{\"sub\":\"u\",\"roles\":[]}")).roles()).isEmpty();
    assertThat(caller(hs256("{\"sub\":\"u\",\"roles\":[\"a\",\"a\"],\"role\":\"b\"}")).roles())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void otherClaimsAreSkippedWhateverTheyHold() {
    var token =
        hs256(
            """
            {"realm_access":{"roles":["admin"],"sub":"root"},"sub":"alice","x":[{"sub":"root"},[1]],
             "exp":null,"roles":null,"amr":["pwd"]}
            """);
    assertThat(user(token)).isEqualTo("alice");
    assertThat(caller(token).roles()).isEmpty();
    assertThat(verified(token).expiresAt()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "exp,1,",
    "exp,-29,",
    "exp,-30,EXPIRED",
    "exp,-31,EXPIRED",
    "nbf,-1,",
    "nbf,30,",
    "nbf,31,NOT_YET_VALID",
    "iat,1000,"
  })
  void timesHaveALeewayOfThirtySeconds(String claim, long offset, Refusal refusal) {
    var token = hs256("{\"sub\":\"alice\",\"" + claim + "\":" + (NOW + offset) + "}");
    assertThat(Optional.ofNullable(refusal))
        .isEqualTo(
            verdict(token) instanceof Refused(Refusal is) ? Optional.of(is) : Optional.empty());
  }

  @Test
  void timesMayHaveFractionsAndBeFarAway() {
    assertThat(verified(hs256("{\"sub\":\"u\",\"exp\":1800000000.5}")).expiresAt())
        .contains(Instant.ofEpochMilli(1_800_000_000_500L));
    assertThat(verified(hs256("{\"sub\":\"u\",\"exp\":1e999999999}")).expiresAt())
        .contains(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":\"parley\"},",
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":[\"a\";\"parley\"]},",
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":\"other\"},AUDIENCE",
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":\"parley2\"},AUDIENCE",
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":[]},AUDIENCE",
    "{\"sub\":\"u\";\"iss\":\"https://id\"},AUDIENCE",
    "{\"sub\":\"u\";\"iss\":\"https://id\";\"aud\":{\"parley\":1}},CLAIMS",
    "{\"sub\":\"u\";\"iss\":\"https://id/\";\"aud\":\"parley\"},ISSUER",
    "{\"sub\":\"u\";\"iss\":[\"https://id\"];\"aud\":\"parley\"},CLAIMS",
    "{\"sub\":\"u\";\"aud\":\"parley\"},ISSUER"
  })
  void issuerAndAudienceAreCheckedWhenConfigured(String payload, Refusal refusal) {
    var strict =
        open(
            "auth.secret",
            Tokens.SECRET_TEXT,
            "auth.issuer",
            "https://id",
            "auth.audience",
            "parley");
    var verdict = strict.verify(hs256(payload.replace(';', ','))).await();
    assertThat(Optional.ofNullable(refusal))
        .isEqualTo(verdict instanceof Refused(Refusal is) ? Optional.of(is) : Optional.empty());
  }

  @Test
  void reasonsTellNothingOfTheToken() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(new Refused(refusal).reason()).matches("[A-Za-z' ;-]{10,80}|.*8 KiB.*|.*JWT.*");
    }
  }

  @Test
  void publicKeyIsNoSharedSecret() {
    var pem = Tokens.pem("PUBLIC KEY", Tokens.rsaKeys(2048).getPublic().getEncoded());
    assertThatThrownBy(() -> open("auth.secret", pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auth.secret");
  }

  @Test
  void changedTokensAreNeverTakenAndNeverThrow() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var good = hs256("{\"sub\":\"alice\",\"exp\":1900000000}").toCharArray();
    for (int round = 0; round < 5_000; round++) {
      var changed = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (char) random.nextInt(128);
      }
      var token = new String(changed);
      var verdict = verdict(token);
      // The last character of a part carries bits that decoding drops: other texts, the same bytes.
      assertThat(verdict instanceof Refused || sameBytes(token, new String(good)))
          .as("seed %d, round %d: %s", seed, round, token)
          .isTrue();
    }
  }

  private static boolean sameBytes(String a, String b) {
    var first = Jws.parse(a).orElseThrow();
    var second = Jws.parse(b).orElseThrow();
    return java.util.Arrays.equals(first.signature(), second.signature())
        && java.util.Arrays.equals(first.signed(), second.signed());
  }

  private static Arguments attack(String name, String token, Refusal refusal) {
    return Arguments.of(name, token, refusal);
  }

  private static String names(int count) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "\"n" + i + "\"").toList();
    return names.toString();
  }

  private TokenVerifier open(String... settings) {
    return TokenVerifier.open(vertx, Config.of(settings).auth(), clock, new Revocations());
  }

  private Verdict verdict(String token) {
    return verifier.verify(token).await();
  }

  private Verified verified(String token) {
    return (Verified) verdict(token);
  }

  private Caller caller(String token) {
    return verified(token).caller();
  }

  private String user(String token) {
    return caller(token).user().value();
  }

  private Refusal refusal(String token) {
    return ((Refused) verdict(token)).refusal();
  }
}
