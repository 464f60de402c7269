package dev.parley.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A signed token taken apart (RFC 7515, compact serialization); nothing in it is trusted yet.
///
/// @param algorithm the header's `alg`, whatever it says
/// @param keyId the header's `kid`
/// @param extended whether the header has a `crit`
/// @param signed what the signature is over
record Jws(
    String algorithm,
    Optional<String> keyId,
    boolean extended,
    byte[] signed,
    byte[] payload,
    byte[] signature) {
  static final int MAX_LENGTH = 8 * 1024;
  private static final int MAX_KEY_ID_LENGTH = 256;

  static Optional<Jws> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0
        || second < 0
        || token.indexOf('.', second + 1) >= 0
        || token.indexOf('=') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(token, first, second));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Jws parse(String token, int first, int second) throws IOException {
    var header = Header.read(decode(token.substring(0, first)));
    return new Jws(
        header.algorithm,
        header.keyId,
        header.extended,
        token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
        decode(token.substring(first + 1, second)),
        decode(token.substring(second + 1)));
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  /// The three header fields that matter. Those that say where a key is (`jku`, `x5u`, `x5c`,
  /// `jwk`) are skipped unread.
  private static final class Header {
    private String algorithm = "";
    private Optional<String> keyId = Optional.empty();
    private boolean extended;

    static Header read(byte[] json) throws IOException {
      var header = new Header();
      StrictJson.readObject(json, header::onField);
      return header;
    }

    private void onField(String name, JsonParser value) throws IOException {
      switch (name) {
        case "alg" -> algorithm = text(value);
        case "kid" ->
            keyId = Optional.of(text(value)).filter(id -> id.length() <= MAX_KEY_ID_LENGTH);
        case "crit" -> extended = true;
        default -> {}
      }
    }

    private static String text(JsonParser value) throws IOException {
      if (value.currentToken() != JsonToken.VALUE_STRING) {
        throw new IOException("not a text");
      }
      return value.getText();
    }
  }
}
