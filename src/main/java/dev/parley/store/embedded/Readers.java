package dev.parley.store.embedded;

import dev.parley.store.Reply;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;

/// The threads that read, and the reads that wait for one.
final class Readers {
  private final Vertx vertx;
  private final BoundedQueue<Read<?>> queue;
  private final List<Thread> threads;

  Readers(Vertx vertx, Database database, RecentEvents recent, EmbeddedOptions options) {
    this.vertx = vertx;
    this.queue = new BoundedQueue<>(options.maxQueuedReads(), Long.MAX_VALUE);
    this.threads =
        IntStream.range(0, options.readers())
            .mapToObj(
                index -> Threads.daemon("reader-" + index, new Reader(queue, database, recent)))
            .toList();
  }

  void start() {
    threads.forEach(Thread::start);
  }

  <R> Future<R> read(Read.Query<R> query) {
    var reply = new Reply<R>(vertx.getOrCreateContext());
    return switch (queue.offer(new Read<>(query, reply))) {
      case ACCEPTED -> reply.future();
      case FULL -> Future.failedFuture(new StoreUnavailableException("too many reads wait"));
      case CLOSED -> Future.failedFuture(new StoreUnavailableException("the store is closed"));
    };
  }

  int size() {
    return queue.size();
  }

  /// Answers what waits, then ends.
  void close() throws InterruptedException {
    queue.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
