package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/// The Lua scripts, resources beside this class. Each is atomic in Redis and is called by the SHA-1
/// of its text.
enum Script {
  APPEND,
  READ,
  COUNTED,
  BYTES,
  HISTORY,
  TRIM,
  CHANGES,
  GET,
  SCAN,
  PUT,
  REMOVE,
  LEASE,
  SWEEP;

  private final String text;
  private final String digest;

  Script() {
    this.text = resource("common") + resource(name().toLowerCase(Locale.ROOT));
    this.digest = HexFormat.of().formatHex(sha1(text.getBytes(UTF_8)));
  }

  String text() {
    return text;
  }

  String digest() {
    return digest;
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
