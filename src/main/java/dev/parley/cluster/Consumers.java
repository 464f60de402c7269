package dev.parley.cluster;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Whether anybody in the cluster consumes an address of the bus. What the registry says holds for
/// a second, so that it is asked rarely; while it does not answer (a node hangs, the cluster is
/// split) its last answer is believed for half a minute. Any thread may ask; it is answered on its
/// own context.
public final class Consumers {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Supplier<Future<Boolean>> registry;
  private final LongSupplier nanos;
  private Optional<Known> known = Optional.empty();
  private Optional<Future<Boolean>> asking = Optional.empty();

  /// @param registry asks whether there is a consumer; fails if that cannot be found out in time
  /// @param nanos the time, as `System.nanoTime()`
  Consumers(Supplier<Future<Boolean>> registry, LongSupplier nanos) {
    this.registry = registry;
    this.nanos = nanos;
  }

  private record Known(boolean exist, long at) {}

  /// @return fails with [RejectedException], `UNAVAILABLE`, if that is not known
  public Future<Boolean> exist() {
    Future<Boolean> answer = ask();
    Context caller = Vertx.currentContext();
    if (answer.isComplete() || caller == null) {
      return answer;
    }
    Promise<Boolean> told = Promise.promise();
    answer.onComplete(result -> caller.runOnContext(_ -> told.handle(result)));
    return told.future();
  }

  private synchronized Future<Boolean> ask() {
    return known(FRESH_NANOS)
        .map(Future::succeededFuture)
        .or(() -> asking)
        .orElseGet(this::findOut);
  }

  private Future<Boolean> findOut() {
    Future<Boolean> answer =
        registry.get().map(this::learn).recover(_ -> fallBack()).onComplete(_ -> answered());
    asking = answer.isComplete() ? Optional.empty() : Optional.of(answer);
    return answer;
  }

  private synchronized boolean learn(boolean exist) {
    known = Optional.of(new Known(exist, nanos.getAsLong()));
    return exist;
  }

  private synchronized Future<Boolean> fallBack() {
    return known(BELIEVED_NANOS)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(new RejectedException(Rejection.unavailable())));
  }

  private synchronized void answered() {
    asking = Optional.empty();
  }

  private Optional<Boolean> known(long maxAge) {
    return known.filter(last -> nanos.getAsLong() - last.at() < maxAge).map(Known::exist);
  }
}
