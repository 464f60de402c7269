package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a token is found. A column left empty is a header or query that is not there.
final class CredentialsTest {
  private static final List<String> NATIVE = List.of("parley.v1.cbor");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Bearer a.b.c; ; ; a.b.c",
        "bearer a.b.c; ; ; a.b.c",
        "Bearer   a.b.c ; ; ; a.b.c",
        "; parley.bearer, a.b.c; ; a.b.c",
        "; parley.bearer,a.b.c; ; a.b.c",
        "; parley.v1.cbor, parley.bearer, a.b.c; ; a.b.c",
        "; parley.bearer, a.b.c, parley.v1.cbor; ; a.b.c",
        "; ; token=a.b.c; a.b.c",
        "; ; x=1&token=a.b.c&y=2; a.b.c",
        "; ; token=a%2Eb.c; a.b.c",
        "; ; to%6ben=a.b.c; a.b.c",
        "; ; token=&token=a.b.c; a.b.c",
        "; ; token=a=b; a=b",
        "Bearer h; parley.bearer, p; token=q; h",
        "; parley.bearer, p; token=q; p",
        "Bearer ; parley.bearer, p; token=q; p",
        "Basic dTpw; ; token=q; q",
        "Bearerx; ; token=q; q",
        "; parley.bearer; token=q; q",
        "; other, more; token=q; q"
      })
  void tokenIsTakenFromTheFirstPlaceThatHasOne(
      String authorization, String protocols, String query, String token) {
    assertThat(read(authorization, protocols, query).token()).contains(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; ;",
        "; ; token=",
        "; ; token=%20",
        "; ; token",
        "; ; tokens=a&xtoken=b&Token=c",
        "; ; &&==&",
        "Bearer; ;",
        "Token a.b.c; ;",
        "; parley.bearer;",
        "; parley.bearer, ,;",
        "; parley.v1.cbor, a.b.c;"
      })
  void emptyTokenIsNone(String authorization, String protocols, String query) {
    assertThat(read(authorization, protocols, query).token()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "parley.bearer, a.b.c; parley.bearer",
        "parley.bearer; parley.bearer",
        "parley.v1.cbor; parley.v1.cbor",
        "parley.v1.cbor, parley.bearer, a.b.c; parley.v1.cbor",
        "parley.bearer, a.b.c, parley.v1.cbor; parley.v1.cbor",
        "other; ",
        "; "
      })
  void oneSubprotocolIsAnswered(String protocols, String answer) {
    assertThat(read("", protocols, "").subprotocol(NATIVE)).isEqualTo(optional(answer));
  }

  @Test
  void encodingThatTheEndpointDoesNotSpeakIsNotAnswered() {
    var credentials = read("", "parley.v1.cbor, parley.bearer, a.b.c", "");
    assertThat(credentials.subprotocol(List.of())).contains("parley.bearer");
  }

  @Test
  void tokenIsNeverAnsweredAsASubprotocol() {
    var credentials = read("", "parley.bearer, parley.v1.json", "");
    assertThat(credentials.subprotocol(List.of("parley.v1.json"))).contains("parley.bearer");
    assertThat(credentials.offered()).containsExactly("parley.bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token=%", "token=%zz", "%=1&token=%e", "token=%ff%fe"})
  void brokenEscapesAreATokenThatWillBeRefused(String query) {
    assertThat(read("", "", query).token()).isPresent();
  }

  @Test
  void tokenIsNotPrinted() {
    assertThat(read("Bearer secret", "parley.bearer, hidden", "token=mine"))
        .asString()
        .doesNotContain("secret", "hidden", "mine");
  }

  @Test
  void anyTextIsRead() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var alphabet = "Bearer token=&%,. parley.bearer\u0000ä";
    for (int round = 0; round < 10_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      var credentials = read(text.toString(), text.toString(), text.toString());
      assertThat(credentials.token().filter(String::isBlank))
          .as("seed %d: %s", seed, text)
          .isEmpty();
    }
  }

  private static Credentials read(String authorization, String protocols, String query) {
    return Credentials.read(optional(authorization), optional(protocols), optional(query));
  }

  /// Empty columns come as null.
  private static Optional<String> optional(@org.jspecify.annotations.Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isEmpty());
  }
}
