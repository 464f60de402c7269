package dev.parley.api;

import dev.parley.protocol.Fields;

/// Reads what the server itself wrote: without bounds of its own.
final class ReplyFields {
  private ReplyFields() {}

  static String text(Fields in, String name) {
    return in.anyText(name, Integer.MAX_VALUE);
  }

  static int count(Fields in, String name) {
    return (int) in.number(name, 0, Integer.MAX_VALUE);
  }

  static long seq(Fields in) {
    return in.number("seq", 1, Long.MAX_VALUE);
  }
}
