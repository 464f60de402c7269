package dev.parley.store.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for a thread of the store, in the order of the calls; bounded in number and bytes.
/// Any thread offers, and is held up by nothing but another's offer.
final class BoundedQueue<T extends BoundedQueue.Item> {
  private final int maxItems;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  BoundedQueue(int maxItems, long maxBytes) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  interface Item {
    /// About what it holds in memory while it waits.
    long bytes();
  }

  enum Offer {
    ACCEPTED,
    FULL,
    CLOSED
  }

  Offer offer(T item) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (waiting.size() >= maxItems || bytes + item.bytes() > maxBytes) {
        return Offer.FULL;
      }
      waiting.add(item);
      bytes += item.bytes();
      changed.signal();
      return Offer.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something waits, and takes from the front: no more than `items`, and no further
  /// than to the first that reaches `batchBytes`. Empty only after the end.
  List<T> take(int items, long batchBytes) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return front(items, batchBytes);
    } finally {
      lock.unlock();
    }
  }

  /// Accepts no more. What waits can still be taken.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private List<T> front(int items, long batchBytes) {
    var front = new ArrayList<T>(Math.min(waiting.size(), items));
    long taken = 0;
    while (!waiting.isEmpty() && front.size() < items && taken < batchBytes) {
      T item = waiting.remove();
      taken += item.bytes();
      front.add(item);
    }
    bytes -= taken;
    return front;
  }
}
