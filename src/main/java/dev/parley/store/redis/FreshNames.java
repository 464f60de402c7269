package dev.parley.store.redis;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// Names that nobody used before, 72 random bits each. Belongs to one thread.
final class FreshNames {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final int NAME_BYTES = 9;

  /// Random bytes are cheaper by the block.
  private final byte[] block = new byte[NAME_BYTES * 256];

  private int used = block.length;

  String next() {
    if (used == block.length) {
      RANDOM.nextBytes(block);
      used = 0;
    }
    byte[] name = Arrays.copyOfRange(block, used, used + NAME_BYTES);
    used += NAME_BYTES;
    return TEXT.encodeToString(name);
  }
}
