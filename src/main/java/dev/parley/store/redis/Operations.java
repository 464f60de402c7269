package dev.parley.store.redis;

import java.util.concurrent.atomic.AtomicLong;

/// Names of writes, by which Redis knows one that is sent again: unlike those of any other opening
/// of any store. From any thread.
final class Operations {
  private static final int RADIX = 36;

  private final String own = new FreshNames().next().substring(0, 8);
  private final AtomicLong number = new AtomicLong();

  String next() {
    return own + Long.toString(number.incrementAndGet(), RADIX);
  }
}
