package dev.parley.inbox;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// Lets some work run at a time; the rest waits, up to a bound. Belongs to one context.
final class Turns {
  private final int atOnce;
  private final int maxWaiting;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;
  private volatile int depth;

  Turns(int atOnce, int maxWaiting) {
    this.atOnce = atOnce;
    this.maxWaiting = maxWaiting;
  }

  /// @return what the work comes to; fails at once, as unavailable, if too much waits
  <T> Future<T> run(Supplier<Future<T>> work) {
    if (running < atOnce) {
      return start(work);
    }
    if (waiting.size() >= maxWaiting) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    Promise<T> turn = Promise.promise();
    waiting.addLast(() -> start(work).onComplete(turn));
    depth = waiting.size();
    return turn.future();
  }

  /// How much waits; any thread may ask.
  int depth() {
    return depth;
  }

  private <T> Future<T> start(Supplier<Future<T>> work) {
    running++;
    return work.get().onComplete(_ -> onDone());
  }

  private void onDone() {
    running--;
    Runnable next = waiting.pollFirst();
    if (next != null) {
      depth = waiting.size();
      next.run();
    }
  }
}
