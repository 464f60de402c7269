package dev.parley.metrics;

import java.time.Duration;
import java.util.OptionalLong;

/// When samples are due. Time is that of a clock that only counts, in nanoseconds.
///
/// ```
/// Idle --somebody watches--> Watched --due, every interval--> Watched --nobody watches--> Idle
/// ```
///
/// The first sample of a time of watching is due at once; for whoever is answered with one
/// ([#onWatch]), the next one is due an interval later.
final class Rhythm {
  /// Samples are at least so far apart, whoever asks.
  static final Duration APART = Duration.ofSeconds(1);

  private final long interval;
  private boolean idle = true;
  private long dueAt;
  private OptionalLong sampledAt = OptionalLong.empty();

  Rhythm(Duration interval) {
    this.interval = interval.toNanos();
  }

  /// Asked several times a second.
  ///
  /// @param watched whether anybody watches now
  /// @return whether a sample is due for all who do
  boolean isDue(boolean watched, long now) {
    if (!watched) {
      idle = true;
      return false;
    }
    if (idle) {
      idle = false;
      dueAt = now;
    }
    return now - dueAt >= 0;
  }

  /// Somebody began to watch and is answered with a sample.
  void onWatch(long now) {
    if (idle) {
      idle = false;
      dueAt = now + interval;
    }
  }

  /// Whether the newest sample is too young to take another.
  boolean isFresh(long now) {
    return sampledAt.isPresent() && now - sampledAt.getAsLong() < APART.toNanos();
  }

  void onSampled(long now) {
    sampledAt = OptionalLong.of(now);
  }

  /// All were told, or would have been. What was late makes the next one no later.
  void onTold(long now) {
    long next = dueAt + interval;
    dueAt = next - now > 0 ? next : now + interval;
  }
}
