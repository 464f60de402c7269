package dev.parley.cluster;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// When the registry said of which address of the bus that nobody consumes it. Any thread may ask.
final class UnconsumedAddresses {
  /// There are a few dozen addresses; anything else is somebody's mistake.
  private static final int MOST = 1_000;

  private final long pauseNanos;
  private final LongSupplier nanos;
  private final ConcurrentMap<String, Long> known = new ConcurrentHashMap<>();

  /// @param pauseMillis how long the registry is left alone after it said so
  /// @param nanos the time, as `System.nanoTime()`
  UnconsumedAddresses(int pauseMillis, LongSupplier nanos) {
    this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    this.nanos = nanos;
  }

  /// How long to wait before the registry is asked; 0 if it need not be.
  long pauseMillis(String address) {
    Long since = known.get(address);
    if (since == null) {
      return 0;
    }
    long left = since + pauseNanos - nanos.getAsLong();
    if (left <= 0) {
      known.remove(address, since);
      return 0;
    }
    return TimeUnit.NANOSECONDS.toMillis(left) + 1;
  }

  /// Nobody was registered.
  void found(String address) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(address, nanos.getAsLong());
  }
}
