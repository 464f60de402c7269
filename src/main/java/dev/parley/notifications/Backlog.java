package dev.parley.notifications;

import java.util.concurrent.atomic.AtomicInteger;

/// How many notifications of this node wait to be stored; shared by its shards, and bounded.
public final class Backlog {
  static final int MAX_WAITING = 10_000;

  private final AtomicInteger waiting = new AtomicInteger();

  public int size() {
    return waiting.get();
  }

  /// Takes a place, if there is one.
  boolean enter() {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      leave(1);
      return false;
    }
    return true;
  }

  void leave(int count) {
    waiting.addAndGet(-count);
  }
}
