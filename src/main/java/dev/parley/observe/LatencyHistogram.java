package dev.parley.observe;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// How long something took, since the start: counts in classes of growing width, each an eighth of
/// its power of two, in 2 KiB. Any thread may record, for some nanoseconds.
final class LatencyHistogram {
  private static final int EXACT = 16;
  private static final int PER_OCTAVE = 8;
  private static final int OCTAVE_BITS = 3;
  private static final int FIRST_OCTAVE = 4;
  private static final int LAST_OCTAVE = 35;
  private static final long MAX_MICROS = (1L << (LAST_OCTAVE + 1)) - 1;
  static final int CLASSES = EXACT + (LAST_OCTAVE - FIRST_OCTAVE + 1) * PER_OCTAVE;

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES);
  private final LongAdder nanos = new LongAdder();

  void record(long took) {
    counts.incrementAndGet(classOf(took / 1_000));
    nanos.add(took);
  }

  Latency toLatency() {
    SortedMap<Integer, Long> filled = new TreeMap<>();
    for (int i = 0; i < CLASSES; i++) {
      long count = counts.get(i);
      if (count > 0) {
        filled.put(i, count);
      }
    }
    return new Latency(nanos.sum(), filled);
  }

  /// The class of a time; what takes longer than all is in the last.
  static int classOf(long micros) {
    long value = Math.clamp(micros, 0, MAX_MICROS);
    if (value < EXACT) {
      return (int) value;
    }
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int within = (int) (value >> (octave - OCTAVE_BITS)) & (PER_OCTAVE - 1);
    return EXACT + (octave - FIRST_OCTAVE) * PER_OCTAVE + within;
  }

  /// The middle of a class.
  static long nanosOf(int index) {
    return (beginOf(index) + beginOf(index + 1)) * 1_000 / 2;
  }

  private static long beginOf(int index) {
    if (index < EXACT) {
      return index;
    }
    int octave = (index - EXACT) / PER_OCTAVE + FIRST_OCTAVE;
    int within = (index - EXACT) % PER_OCTAVE;
    return (long) (PER_OCTAVE + within) << (octave - OCTAVE_BITS);
  }
}
