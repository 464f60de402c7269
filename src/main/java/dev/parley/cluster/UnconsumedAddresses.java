package dev.parley.cluster;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Addresses of the bus that nobody consumes, as the registry said, until it says that something
/// was registered there; for a second at most, should that not be heard of. Any thread may ask.
final class UnconsumedAddresses {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// There are a few dozen addresses; anything else is somebody's mistake.
  private static final int MOST = 1_000;

  private final LongSupplier nanos;
  private final ConcurrentMap<String, Long> known = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /// @param nanos the time, as `System.nanoTime()`
  UnconsumedAddresses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean contains(String address) {
    Long since = known.get(address);
    return since != null && nanos.getAsLong() - since < FRESH_NANOS;
  }

  /// To be taken before the registry is asked.
  long changes() {
    return changes.get();
  }

  /// Nobody was registered; of no use if something has changed since.
  ///
  /// @param before what [#changes()] was
  void found(String address, long before) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(address, nanos.getAsLong());
    if (changes.get() != before) {
      known.remove(address);
    }
  }

  /// Something is registered there, or about to be.
  void changed(String address) {
    changes.incrementAndGet();
    known.remove(address);
  }
}
