package dev.parley.gateway.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Whether bytes are UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF (RFC 3629).
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  static boolean isValid(byte[] text) {
    int at = skipAscii(text, 0);
    while (at < text.length) {
      int size = sequenceSize(text, at);
      if (size == 0) {
        return false;
      }
      at = skipAscii(text, at + size);
    }
    return true;
  }

  private static int skipAscii(byte[] text, int from) {
    int at = from;
    while (at <= text.length - Long.BYTES && ((long) LONGS.get(text, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < text.length && text[at] >= 0) {
      at++;
    }
    return at;
  }

  /// The bytes of the character that starts here with a byte above 0x7F, 0 if there is none.
  private static int sequenceSize(byte[] text, int at) {
    int lead = text[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    if (lead < 0xE0) {
      return isBetween(text, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead < 0xF0) {
      int lowest = lead == 0xE0 ? 0xA0 : 0x80;
      int highest = lead == 0xED ? 0x9F : 0xBF;
      return isBetween(text, at + 1, lowest, highest) && isBetween(text, at + 2, 0x80, 0xBF)
          ? 3
          : 0;
    }
    int lowest = lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xF4 ? 0x8F : 0xBF;
    return isBetween(text, at + 1, lowest, highest)
            && isBetween(text, at + 2, 0x80, 0xBF)
            && isBetween(text, at + 3, 0x80, 0xBF)
        ? 4
        : 0;
  }

  private static boolean isBetween(byte[] text, int at, int lowest, int highest) {
    if (at >= text.length) {
      return false;
    }
    int unit = text[at] & 0xFF;
    return unit >= lowest && unit <= highest;
  }
}
