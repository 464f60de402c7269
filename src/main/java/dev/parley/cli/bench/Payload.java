package dev.parley.cli.bench;

/// The JSON that is sent to every server alike: an object of 128 bytes with a mark in it.
final class Payload {
  static final int BYTES = 128;

  private Payload() {}

  /// An object that begins with these members (`"a":1`; empty for none), has a mark under `id`, and
  /// is padded to [#BYTES].
  static String of(String members) {
    String head = members.isEmpty() ? "{" : "{" + members + ",";
    String body = head + "\"id\":\"" + Mark.BLANK + "\",\"pad\":\"";
    String tail = "\"}";
    int missing = BYTES - body.length() - tail.length();
    if (missing < 0) {
      throw new IllegalArgumentException("no room for " + members);
    }
    return body + "x".repeat(missing) + tail;
  }
}
