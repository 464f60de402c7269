package dev.parley.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/// Recognises a ping in its plainest writing, without a parser: pings are the most frequent frame
/// by far. `{"type":"ping"`, then fields with plain texts, whole numbers or words, without a space.
/// What is not that plain, or no ping, or no JSON, is left to the parser.
final class PlainPing {
  private static final byte[] BEGINNING = "{\"type\":\"ping\"".getBytes(ISO_8859_1);
  private static final byte[] ID = "id".getBytes(ISO_8859_1);
  private static final byte[] TYPE = "type".getBytes(ISO_8859_1);
  private static final Optional<JsonValue> NO_ID = Optional.of(JsonValue.NULL);
  private static final int NOT_PLAIN = -1;
  private static final int MAX_DIGITS = 18;

  private PlainPing() {}

  /// The ping's correlation id, [JsonValue#NULL] if it has none; empty if this is no plain ping.
  static Optional<JsonValue> idOf(byte[] frame) {
    int length = BEGINNING.length;
    if (frame.length <= length || Arrays.mismatch(frame, BEGINNING) != length) {
      return Optional.empty();
    }
    Optional<JsonValue> id = NO_ID;
    int at = length;
    while (is(frame, at, ',') && is(frame, at + 1, '"')) {
      int name = at + 2;
      int value = afterText(frame, name) + 1;
      int next = isName(frame, name, value, TYPE) ? NOT_PLAIN : afterValue(frame, value);
      if (next == NOT_PLAIN) {
        return Optional.empty();
      }
      if (isName(frame, name, value, ID)) {
        id = Optional.of(value(frame, value, next));
      }
      at = next;
    }
    return is(frame, at, '}') && at + 1 == frame.length ? id : Optional.empty();
  }

  /// Whether the name that ends two before `value`, at its colon, is this one.
  private static boolean isName(byte[] frame, int from, int value, byte[] name) {
    return Arrays.equals(frame, from, Math.max(from, value - 2), name, 0, name.length);
  }

  /// The index after the closing quote of the text that begins at `from`.
  private static int afterText(byte[] frame, int from) {
    for (int i = from; i < frame.length; i++) {
      byte b = frame[i];
      if (b == '"') {
        return i + 1;
      }
      if (b == '\\' || (b >= 0 && b < ' ')) {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  /// The index after the value at `from`, before which there must be a colon.
  private static int afterValue(byte[] frame, int from) {
    if (from <= 0 || from >= frame.length || frame[from - 1] != ':') {
      return NOT_PLAIN;
    }
    return switch (frame[from]) {
      case '"' -> afterText(frame, from + 1);
      case 't' -> afterWord(frame, from, "true");
      case 'f' -> afterWord(frame, from, "false");
      case 'n' -> afterWord(frame, from, "null");
      default -> afterWhole(frame, from);
    };
  }

  private static int afterWord(byte[] frame, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!is(frame, from + i, word.charAt(i))) {
        return NOT_PLAIN;
      }
    }
    return from + word.length();
  }

  private static int afterWhole(byte[] frame, int from) {
    int end = from;
    while (end < frame.length && frame[end] >= '0' && frame[end] <= '9') {
      end++;
    }
    int digits = end - from;
    boolean plain = digits == 1 || (digits > 1 && digits <= MAX_DIGITS && frame[from] != '0');
    return plain ? end : NOT_PLAIN;
  }

  private static JsonValue value(byte[] frame, int from, int end) {
    return switch (frame[from]) {
      case '"' -> new JsonValue(new String(frame, from + 1, end - from - 2, UTF_8));
      case 't' -> new JsonValue(true);
      case 'f' -> new JsonValue(false);
      case 'n' -> JsonValue.NULL;
      default -> new JsonValue(whole(frame, from, end));
    };
  }

  private static Number whole(byte[] frame, int from, int end) {
    long value = 0;
    for (int i = from; i < end; i++) {
      value = value * 10 + (frame[i] - '0');
    }
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  private static boolean is(byte[] frame, int at, char c) {
    return at < frame.length && frame[at] == c;
  }
}
