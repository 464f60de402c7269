package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waiting with a deadline, for threads that may.
public final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Await() {}

  public static <T> T await(Future<T> future) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  public static Throwable failureOf(Future<?> future) throws Exception {
    return await(future.<Throwable>mapEmpty().recover(Future::succeededFuture));
  }

  /// Looks again and again until it is so.
  public static void until(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain until " + what).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
