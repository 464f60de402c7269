package dev.parley.store.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: any time below a bound that doubles with every failure
/// up to a cap, so that many nodes do not come back at once.
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration CAP = Duration.ofSeconds(2);

  private final RandomGenerator random;
  private long boundMillis = FIRST.toMillis();

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long bound = boundMillis;
    boundMillis = Math.min(CAP.toMillis(), 2 * bound);
    return Duration.ofMillis(1 + random.nextLong(bound));
  }

  void reset() {
    boundMillis = FIRST.toMillis();
  }
}
