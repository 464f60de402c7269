package dev.parley.cli.bench;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/// What the connections of one event loop saw; touched on that loop only, and counted anew from
/// [#reset()] on.
final class Tally {
  private static final long LONGEST_NANOS = 120_000_000_000L;
  private static final long SHORTEST_NANOS = 1_000;

  private final Histogram latency = newHistogram();
  private long since;
  private long counted;
  private long sent;
  private long lost;
  private long refused;
  private Optional<String> firstRefusal = Optional.empty();

  /// In nanoseconds, from a microsecond to two minutes; longer counts as two minutes.
  static Histogram newHistogram() {
    return new Histogram(SHORTEST_NANOS, LONGEST_NANOS, 3);
  }

  void reset() {
    since = Mark.now();
    latency.reset();
    counted = 0;
    sent = 0;
    lost = 0;
    refused = 0;
    firstRefusal = Optional.empty();
  }

  /// Whether something sent at that time belongs to what is measured now.
  boolean isMeasured(long at) {
    return at >= since;
  }

  /// What the scenario is about: a delivery, a round trip, an acknowledgement.
  void count() {
    counted++;
  }

  /// Whether the latency of what was counted last is to be recorded, where recording each would
  /// cost too much: of every sixteenth.
  boolean isSample() {
    return (counted & 15) == 0;
  }

  void recordLatency(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  void sent() {
    sent++;
  }

  /// Messages that did not come back in time.
  void lost(int messages) {
    lost += messages;
  }

  void refused(String text) {
    refused++;
    if (firstRefusal.isEmpty()) {
      firstRefusal = Optional.of(text);
    }
  }

  Count toCount() {
    return new Count(counted, sent, lost, refused, firstRefusal, latency.copy());
  }

  /// What was seen in a stretch of time.
  ///
  /// @param latency in nanoseconds; not to be changed
  record Count(
      long counted,
      long sent,
      long lost,
      long refused,
      Optional<String> firstRefusal,
      Histogram latency) {
    static Count none() {
      return new Count(0, 0, 0, 0, Optional.empty(), newHistogram());
    }

    Count plus(Count other) {
      Histogram both = latency.copy();
      both.add(other.latency);
      return new Count(
          counted + other.counted,
          sent + other.sent,
          lost + other.lost,
          refused + other.refused,
          firstRefusal.or(other::firstRefusal),
          both);
    }
  }
}
