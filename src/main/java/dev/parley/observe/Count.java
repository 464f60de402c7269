package dev.parley.observe;

import java.util.concurrent.atomic.LongAdder;

/// Something counted on hot paths: a few nanoseconds, on any thread.
public final class Count {
  private final LongAdder sum = new LongAdder();

  Count() {}

  public void increment() {
    sum.increment();
  }

  public void add(long n) {
    sum.add(n);
  }

  /// Takes one away; for what goes up and down.
  public void decrement() {
    sum.decrement();
  }

  public long sum() {
    return sum.sum();
  }
}
