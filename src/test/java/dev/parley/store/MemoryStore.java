package dev.parley.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store that forgets, with the promises of the ports: a single thread does everything in the
/// order asked, and answers on the asker's context.
public final class MemoryStore implements Store {
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("memory-store").factory());
  private final MemoryRecords records = new MemoryRecords(this);
  private final MemoryLog log = new MemoryLog(this, records);
  private volatile boolean broken;

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public Records records() {
    return records;
  }

  /// Whether every call fails as unavailable.
  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  @Override
  public Future<Void> backup(Path target) {
    return Future.failedFuture(new UnsupportedOperationException("nothing here to copy"));
  }

  @Override
  public Future<Void> close() {
    worker.shutdown();
    return Future.succeededFuture();
  }

  <T extends @Nullable Object> Future<T> call(Supplier<T> work) {
    if (broken || worker.isShutdown()) {
      return Future.failedFuture(new StoreUnavailableException("broken on purpose"));
    }
    Promise<T> promise = Promise.promise();
    Context context = Vertx.currentContext();
    worker.execute(() -> run(work, promise, context));
    return promise.future();
  }

  private static <T extends @Nullable Object> void run(
      Supplier<T> work, Promise<T> promise, @Nullable Context context) {
    try {
      T result = work.get();
      answer(context, () -> promise.complete(result));
    } catch (RuntimeException fault) {
      answer(context, () -> promise.fail(fault));
    }
  }

  private static void answer(@Nullable Context context, Runnable answer) {
    if (context == null) {
      answer.run();
    } else {
      context.runOnContext(_ -> answer.run());
    }
  }
}
