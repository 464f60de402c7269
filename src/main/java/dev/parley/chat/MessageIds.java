package dev.parley.chat;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;

/// Makes the ids of messages: UUIDs of version 7 (RFC 9562), which begin with the time, so that a
/// store finds new ones side by side. Belongs to one thread.
final class MessageIds {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final InstantSource clock;
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());

  MessageIds(InstantSource clock) {
    this.clock = clock;
  }

  String next() {
    long high = (clock.millis() << 16) | VERSION | (random.nextLong() >>> 52);
    long low = VARIANT | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
