package dev.parley.feed;

import java.util.ArrayDeque;

/// Bounds how many catch-ups of a loop read from the store at once; others wait their turn. Belongs
/// to one loop.
final class CatchUpPermits {
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  CatchUpPermits(int permits) {
    this.free = permits;
  }

  /// Runs the reader now or later; it must end with [#release()].
  void acquire(Runnable reader) {
    if (free > 0) {
      free--;
      reader.run();
    } else {
      waiting.addLast(reader);
    }
  }

  void release() {
    Runnable next = waiting.pollFirst();
    if (next != null) {
      next.run();
    } else {
      free++;
    }
  }
}
