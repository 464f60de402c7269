package dev.parley.store;

import java.time.Duration;
import java.util.stream.IntStream;

/// The partitions of a log, each once a period and one part after the other: asked at once, they
/// would keep the store from appending meanwhile, and whoever asks busy with their answers. Pure;
/// belongs to one thread.
public final class PartitionRound {
  /// Between one part and the next, if the period is long enough for that.
  private static final Duration STEP = Duration.ofMillis(15);

  private final int partitions;
  private final int atOnce;
  private final long stepMillis;
  private int next;
  private long number;

  /// @param partitions 1 or more
  /// @param period in which each has its turn
  public PartitionRound(int partitions, Duration period) {
    this.partitions = partitions;
    int parts = Math.clamp(period.dividedBy(STEP), 1, partitions);
    this.atOnce = Math.ceilDiv(partitions, parts);
    this.stepMillis = Math.max(1, period.toMillis() * atOnce / partitions);
  }

  /// How long it is from one part to the next.
  public long stepMillis() {
    return stepMillis;
  }

  /// How many rounds have begun.
  public long number() {
    return number;
  }

  /// The partitions whose turn it is.
  public IntStream next() {
    int from = next;
    int to = Math.min(from + atOnce, partitions);
    number += from == 0 ? 1 : 0;
    next = to % partitions;
    return IntStream.range(from, to);
  }
}
