package dev.parley.gateway.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The masking of payloads (RFC 6455 section 5.3), eight bytes at a time.
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /// Masks or unmasks in place.
  ///
  /// @param key as read from the header, big-endian
  static void apply(byte[] payload, int key) {
    long wide = (key & 0xFFFF_FFFFL) << 32 | (key & 0xFFFF_FFFFL);
    int at = 0;
    for (; at <= payload.length - Long.BYTES; at += Long.BYTES) {
      LONGS.set(payload, at, (long) LONGS.get(payload, at) ^ wide);
    }
    for (; at < payload.length; at++) {
      payload[at] ^= (byte) (key >>> (24 - 8 * (at & 3)));
    }
  }
}
