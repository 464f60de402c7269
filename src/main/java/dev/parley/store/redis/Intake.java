package dev.parley.store.redis;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The way into a link from any thread, in the order of the calls. Bounded by all that is not
/// answered yet, in number and bytes.
final class Intake {
  private final int maxCalls;
  private final long maxBytes;
  private final ConcurrentLinkedQueue<Call<?>> offered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean announced = new AtomicBoolean();
  private volatile boolean closed;

  Intake(int maxCalls, long maxBytes) {
    this.maxCalls = maxCalls;
    this.maxBytes = maxBytes;
  }

  enum Offer {
    /// Whoever offered has to call the link.
    FIRST,
    ACCEPTED,
    FULL,
    CLOSED
  }

  Offer offer(Call<?> call) {
    int number = calls.incrementAndGet();
    long size = bytes.addAndGet(call.bytes());
    if (closed || number > maxCalls || size > maxBytes) {
      release(call);
      return closed ? Offer.CLOSED : Offer.FULL;
    }
    offered.add(call);
    return announced.compareAndSet(false, true) ? Offer.FIRST : Offer.ACCEPTED;
  }

  /// Takes what was offered; called by the link.
  void drain(Consumer<Call<?>> to) {
    announced.set(false);
    for (Call<?> call = offered.poll(); call != null; call = offered.poll()) {
      to.accept(call);
    }
  }

  /// The call is answered.
  void release(Call<?> call) {
    bytes.addAndGet(-call.bytes());
    calls.decrementAndGet();
  }

  void close() {
    closed = true;
  }

  /// Calls that are not answered.
  int size() {
    return calls.get();
  }

  long bytes() {
    return bytes.get();
  }
}
