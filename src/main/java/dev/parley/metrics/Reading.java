package dev.parley.metrics;

import dev.parley.protocol.SystemSample.Disk;
import dev.parley.protocol.SystemSample.Memory;
import java.util.List;
import java.util.OptionalDouble;

/// Counters of the machine at one moment. What a sample says of a time lies between two of them.
///
/// @param nanos of the clock that only counts
/// @param cores how long each was busy, since the machine started; empty where the system tells
///   nobody
/// @param busy percent of all cores, where the system tells no more; it counts only without `cores`
/// @param loadAverage of 1, 5 and 15 minutes, as far as known
/// @param bytesSent over all networks, since the machine started
record Reading(
    long nanos,
    List<Ticks> cores,
    OptionalDouble busy,
    int coreCount,
    List<Double> loadAverage,
    Memory memory,
    Disk disk,
    long bytesSent,
    long bytesReceived) {
  Reading {
    cores = List.copyOf(cores);
    loadAverage = List.copyOf(loadAverage);
  }

  /// Time of a core, in a unit that does not matter.
  record Ticks(long busy, long total) {
    Ticks plus(Ticks other) {
      return new Ticks(busy + other.busy, total + other.total);
    }

    Ticks since(Ticks before) {
      return new Ticks(Math.max(0, busy - before.busy), Math.max(0, total - before.total));
    }
  }
}
