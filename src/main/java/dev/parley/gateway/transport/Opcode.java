package dev.parley.gateway.transport;

import org.jspecify.annotations.Nullable;

/// What a frame is (RFC 6455 section 5.2).
enum Opcode {
  CONTINUATION(0x0),
  TEXT(0x1),
  BINARY(0x2),
  CLOSE(0x8),
  PING(0x9),
  PONG(0xA);

  private static final Opcode[] ALL = values();

  private final int nibble;

  Opcode(int nibble) {
    this.nibble = nibble;
  }

  int nibble() {
    return nibble;
  }

  boolean isControl() {
    return nibble >= 0x8;
  }

  /// Null for the reserved ones.
  static @Nullable Opcode of(int nibble) {
    for (var opcode : ALL) {
      if (opcode.nibble == nibble) {
        return opcode;
      }
    }
    return null;
  }
}
