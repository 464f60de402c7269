package dev.parley.auth;

import dev.parley.auth.SignatureCheck.Public;
import dev.parley.config.Algorithm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An issuer's keys (RFC 7517), as far as they are for the one algorithm configured.
///
/// @param named by `kid`
/// @param all those too that have no `kid`
record KeySet(Map<String, Public> named, List<Public> all) {
  static final KeySet EMPTY = new KeySet(Map.of(), List.of());
  private static final int MAX_KEYS = 100;
  private static final int MAX_NUMBER_LENGTH = 2_048;

  KeySet {
    named = Map.copyOf(named);
    all = List.copyOf(all);
  }

  /// The key that a token names. One that names none is checked with the only key, if there is only
  /// one: trying many would let a token choose how much work it makes.
  Optional<Public> find(Optional<String> keyId) {
    if (keyId.isPresent()) {
      return Optional.ofNullable(named.get(keyId.get()));
    }
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /// Empty if this is no key set, or has no key that can be used. Keys of other kinds, for other
  /// uses or too weak are left out.
  static Optional<KeySet> parse(Buffer json, Algorithm algorithm) {
    try {
      return json.toJsonObject().getValue("keys") instanceof JsonArray keys
          ? read(keys, algorithm)
          : Optional.empty();
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private static Optional<KeySet> read(JsonArray keys, Algorithm algorithm) {
    var named = new HashMap<String, Public>();
    var all = new ArrayList<Public>();
    for (int i = 0; i < Math.min(keys.size(), MAX_KEYS); i++) {
      if (keys.getValue(i) instanceof JsonObject jwk && isFor(jwk, algorithm)) {
        toKey(jwk, algorithm)
            .ifPresent(
                key -> {
                  all.add(key);
                  text(jwk, "kid").ifPresent(id -> named.putIfAbsent(id, key));
                });
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(new KeySet(named, all));
  }

  private static boolean isFor(JsonObject jwk, Algorithm algorithm) {
    return text(jwk, "use").orElse("sig").equals("sig")
        && !(jwk.getValue("key_ops") instanceof JsonArray uses && !uses.contains("verify"))
        && text(jwk, "alg").orElse(algorithm.name()).equals(algorithm.name());
  }

  private static Optional<Public> toKey(JsonObject jwk, Algorithm algorithm) {
    try {
      return switch (algorithm) {
        case HS256 -> Optional.empty();
        case RS256 ->
            is(jwk, "kty", "RSA")
                ? Optional.of(PublicKeys.rsa(number(jwk, "n"), number(jwk, "e")))
                : Optional.empty();
        case ES256 ->
            is(jwk, "kty", "EC") && is(jwk, "crv", "P-256")
                ? Optional.of(PublicKeys.p256(number(jwk, "x"), number(jwk, "y")))
                : Optional.empty();
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean is(JsonObject jwk, String field, String value) {
    return text(jwk, field).filter(value::equals).isPresent();
  }

  private static Optional<String> text(JsonObject jwk, String field) {
    return jwk.getValue(field) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static BigInteger number(JsonObject jwk, String field) {
    var text = text(jwk, field).filter(t -> !t.isEmpty() && t.length() <= MAX_NUMBER_LENGTH);
    var bytes = Base64.getUrlDecoder().decode(text.orElseThrow(IllegalArgumentException::new));
    return new BigInteger(1, bytes);
  }
}
