package dev.parley.store.embedded;

import dev.parley.store.Reply;
import dev.parley.store.StoreMeters;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/// The way in for whatever is to be written.
final class Writes {
  private final Vertx vertx;
  private final BoundedQueue<Write<?>> queue;
  private final StoreMeters meters;

  Writes(Vertx vertx, BoundedQueue<Write<?>> queue, StoreMeters meters) {
    this.vertx = vertx;
    this.queue = queue;
    this.meters = meters;
  }

  /// Completes when it is durable.
  ///
  /// @param payloadBytes what the work carries
  <R> Future<R> write(long payloadBytes, Write.Work<R> work) {
    var reply = new Reply<R>(vertx.getOrCreateContext());
    return switch (queue.offer(Write.of(work, payloadBytes, reply))) {
      case ACCEPTED -> reply.future();
      case FULL -> refused();
      case CLOSED -> Future.failedFuture(new StoreUnavailableException("the store is closed"));
    };
  }

  private <R> Future<R> refused() {
    meters.onRefused();
    return Future.failedFuture(new StoreUnavailableException("too many writes wait"));
  }
}
