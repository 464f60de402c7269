package dev.parley.observe;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long something took. Percentiles are right to within 7 %.
///
/// @param totalNanos of all together
/// @param classes how often it took about so long; what a class means is the same on all nodes
public record Latency(long totalNanos, SortedMap<Integer, Long> classes) {
  public static final Latency NONE = new Latency(0, new TreeMap<>());

  /// @throws IllegalArgumentException if there is no such class
  public Latency {
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    if (!classes.isEmpty()
        && (classes.firstKey() < 0 || classes.lastKey() >= LatencyHistogram.CLASSES)) {
      throw new IllegalArgumentException("no such class of latencies");
    }
  }

  public long count() {
    return classes.values().stream().mapToLong(Long::longValue).sum();
  }

  public Optional<Duration> mean() {
    long count = count();
    return count == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(totalNanos / count));
  }

  /// What so much of it took no longer than; empty if there was none.
  ///
  /// @param percent 0–100
  public Optional<Duration> percentile(double percent) {
    long wanted = Math.max(1, (long) Math.ceil(count() * percent / 100));
    long passed = 0;
    for (Map.Entry<Integer, Long> each : classes.entrySet()) {
      passed += each.getValue();
      if (passed >= wanted) {
        return Optional.of(Duration.ofNanos(LatencyHistogram.nanosOf(each.getKey())));
      }
    }
    return Optional.empty();
  }

  /// Both together.
  public Latency and(Latency other) {
    SortedMap<Integer, Long> sum = new TreeMap<>(classes);
    other.classes.forEach((index, count) -> sum.merge(index, count, Long::sum));
    return new Latency(totalNanos + other.totalNanos, sum);
  }
}
