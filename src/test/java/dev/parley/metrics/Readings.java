package dev.parley.metrics;

import dev.parley.metrics.Reading.Ticks;
import dev.parley.protocol.SystemSample.Disk;
import dev.parley.protocol.SystemSample.Memory;
import java.util.List;
import java.util.OptionalDouble;

/// Readings of a machine of two cores that does what a test says.
final class Readings {
  private Readings() {}

  static Reading at(long nanos, Ticks one, Ticks other, long sent, long received) {
    return new Reading(
        nanos,
        List.of(one, other),
        OptionalDouble.empty(),
        2,
        List.of(0.5, 0.25, 0.1),
        new Memory(1_000, 400, 600, 40),
        new Disk(10_000, 9_250, 750, 92.5),
        sent,
        received);
  }

  static Reading any() {
    return at(System.nanoTime(), new Ticks(0, 100), new Ticks(50, 100), 10, 20);
  }
}
