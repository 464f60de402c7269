package dev.parley.observe;

/// How many messages a second, over the last minute. Any thread may call.
final class MessageRate {
  private static final int SECONDS = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] totals = new long[SECONDS];
  private final long[] times = new long[SECONDS];
  private int ticks;

  /// @param now of the clock that only counts
  MessageRate(long now) {
    tick(now, 0);
  }

  /// A second has passed.
  ///
  /// @param total of all messages so far
  synchronized void tick(long now, long total) {
    times[ticks % SECONDS] = now;
    totals[ticks % SECONDS] = total;
    ticks++;
  }

  synchronized double perSecond(long now, long total) {
    int oldest = ticks < SECONDS ? 0 : ticks % SECONDS;
    double seconds = Math.max(1, (now - times[oldest]) / NANOS_PER_SECOND);
    return (total - totals[oldest]) / seconds;
  }
}
