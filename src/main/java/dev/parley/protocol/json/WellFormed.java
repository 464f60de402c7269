package dev.parley.protocol.json;

import com.google.errorprone.annotations.CheckReturnValue;

/// Text without halves of surrogate pairs, which have no UTF-8. JSON can bring them in by escapes:
/// a client that cuts a text in the middle of an emoji sends one.
@CheckReturnValue
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /// The same text, if nothing is wrong with it; else with U+FFFD for every half.
  static String text(String text) {
    int half = firstHalf(text, 0);
    return half < 0 ? text : mend(text, half);
  }

  private static String mend(String text, int first) {
    StringBuilder mended = new StringBuilder(text);
    for (int i = first; i >= 0; i = firstHalf(text, i + 1)) {
      mended.setCharAt(i, REPLACEMENT);
    }
    return mended.toString();
  }

  private static int firstHalf(String text, int from) {
    int length = text.length();
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c) && isAlone(text, i, c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAlone(String text, int i, char half) {
    return Character.isHighSurrogate(half)
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }
}
