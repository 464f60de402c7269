package dev.parley.gateway.transport;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// The number in the payload of a ping, and of its pong.
final class Echo {
  private Echo() {}

  static byte[] write(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /// Empty if the payload is nothing of ours.
  static OptionalLong read(byte[] payload) {
    return payload.length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(payload).getLong())
        : OptionalLong.empty();
  }
}
