package dev.parley.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.protocol.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the claims of one token. What decides about rights and validity must have its type, or the
/// token is refused; what is only shown (names, email) is left out if it has not.
///
/// A list may also be given as the one text that it would hold, as JWT itself does with `aud`.
final class ClaimsReader {
  /// The last second of the year 9999; times beyond are taken for it.
  private static final double LAST_SECOND = 253_402_300_799d;

  private static final int MAX_NAME_LENGTH = 128;
  private static final int MAX_EMAIL_LENGTH = 254;
  private static final int MAX_TEXT_LENGTH = 128;

  private Optional<String> sub = Optional.empty();
  private Optional<String> userId = Optional.empty();
  private Optional<String> username = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> email = Optional.empty();
  private final Set<String> roles = new LinkedHashSet<>();
  private List<String> rooms = List.of();
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> notBefore = Optional.empty();
  private Optional<Instant> issuedAt = Optional.empty();
  private Optional<String> issuer = Optional.empty();
  private List<String> audience = List.of();
  private Optional<String> tokenId = Optional.empty();

  private ClaimsReader() {}

  /// Empty if the payload is no strict JSON object, or has a claim of the wrong type.
  static Optional<Claims> read(byte[] payload) {
    var reader = new ClaimsReader();
    try {
      StrictJson.readObject(payload, reader::onField);
      return Optional.of(reader.toClaims());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void onField(String field, JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field) {
      case "sub" -> sub = Optional.of(idOf(value));
      case "user_id" -> userId = Optional.of(idOf(value));
      case "username" -> username = shown(value, MAX_NAME_LENGTH);
      case "name" -> name = shown(value, MAX_NAME_LENGTH);
      case "email" -> email = shown(value, MAX_EMAIL_LENGTH);
      case "roles", "role" -> roles.addAll(texts(value));
      case "rooms" -> rooms = texts(value);
      case "exp" -> expiresAt = Optional.of(time(value));
      case "nbf" -> notBefore = Optional.of(time(value));
      case "iat" -> issuedAt = Optional.of(time(value));
      case "iss" -> issuer = Optional.of(text(value));
      case "aud" -> audience = texts(value);
      case "jti" -> tokenId = Optional.of(text(value));
      default -> {}
    }
  }

  private Claims toClaims() {
    return new Claims(
        sub.or(() -> userId).flatMap(UserId::parse),
        username.or(() -> name),
        email,
        roles,
        rooms,
        expiresAt,
        notBefore,
        issuedAt,
        issuer,
        audience,
        tokenId);
  }

  /// A whole number counts as its decimal text.
  private static String idOf(JsonParser value) throws IOException {
    return value.currentToken() == JsonToken.VALUE_NUMBER_INT ? value.getText() : text(value);
  }

  private static String text(JsonParser value) throws IOException {
    ensure(value.currentToken() == JsonToken.VALUE_STRING);
    return value.getText();
  }

  private static List<String> texts(JsonParser value) throws IOException {
    if (value.currentToken() != JsonToken.START_ARRAY) {
      return List.of(shortText(value));
    }
    var texts = new ArrayList<String>();
    while (value.nextToken() != JsonToken.END_ARRAY) {
      texts.add(shortText(value));
    }
    return texts;
  }

  private static String shortText(JsonParser value) throws IOException {
    var text = text(value);
    ensure(text.length() <= MAX_TEXT_LENGTH);
    return text;
  }

  /// A NumericDate (RFC 7519, section 2): seconds, perhaps with a fraction. Read as a double,
  /// because the exact value of `1e999999999` would fill the memory.
  private static Instant time(JsonParser value) throws IOException {
    ensure(value.currentToken() != null && value.currentToken().isNumeric());
    double seconds = Math.clamp(value.getDoubleValue(), 0, LAST_SECOND);
    return Instant.ofEpochMilli((long) (seconds * 1_000));
  }

  /// What people read: without control characters, which could break a line, and not endless.
  private static Optional<String> shown(JsonParser value, int maxLength) throws IOException {
    if (value.currentToken() != JsonToken.VALUE_STRING) {
      return Optional.empty();
    }
    int[] visible = value.getText().codePoints().filter(c -> !Character.isISOControl(c)).toArray();
    var text = new String(visible, 0, Math.min(visible.length, maxLength)).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static void ensure(boolean holds) throws IOException {
    if (!holds) {
      throw new IOException("a claim of the wrong type");
    }
  }
}
