package dev.parley.cli.bench;

import java.nio.charset.StandardCharsets;

/// A payload to send again and again, with a place for the [Mark].
///
/// @param payload UTF-8; not to be changed
record Template(byte[] payload, int markOffset) {
  /// @param text ASCII with one [Mark#BLANK] in it
  static Template of(String text) {
    int offset = text.indexOf(Mark.BLANK);
    if (offset < 0) {
      throw new IllegalArgumentException("no mark in " + text);
    }
    return new Template(text.getBytes(StandardCharsets.US_ASCII), offset);
  }
}
