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
import java.util.function.UnaryOperator;

/// Whether anybody in the cluster consumes an address of the bus. What the registry says holds for
/// a second, so that it is asked rarely; while it does not answer soon (a node was killed or hangs,
/// the cluster is split) its last answer is believed for half a minute. Any thread may ask; it is
/// answered on its own context.
public final class Consumers {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Supplier<Future<Boolean>> registry;
  private final UnaryOperator<Future<Boolean>> patience;
  private final LongSupplier nanos;
  private Optional<Known> known = Optional.empty();
  private Optional<Known> unanswered = Optional.empty();
  private Optional<Future<Boolean>> asking = Optional.empty();

  /// @param registry asks whether there is a consumer; fails if that cannot be found out in time
  /// @param patience makes it fail sooner, for who has a last answer: joins wait for this, and when
  ///   a node is killed many come at once
  /// @param nanos the time, as `System.nanoTime()`
  Consumers(
      Supplier<Future<Boolean>> registry,
      UnaryOperator<Future<Boolean>> patience,
      LongSupplier nanos) {
    this.registry = registry;
    this.patience = patience;
    this.nanos = nanos;
  }

  /// @param at when the registry said it, or was asked in vain
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
    return believed().map(Future::succeededFuture).or(() -> asking).orElseGet(this::findOut);
  }

  /// Without asking.
  private Optional<Boolean> believed() {
    return known(FRESH_NANOS)
        .or(() -> unanswered.filter(last -> isWithin(FRESH_NANOS, last)).map(Known::exist));
  }

  private Future<Boolean> findOut() {
    Future<Boolean> told = registry.get().map(this::learn);
    Future<Boolean> answer =
        (known(BELIEVED_NANOS).isPresent() ? patience.apply(told) : told)
            .recover(_ -> fallBack())
            .onComplete(_ -> answered());
    asking = answer.isComplete() ? Optional.empty() : Optional.of(answer);
    return answer;
  }

  private synchronized boolean learn(boolean exist) {
    known = Optional.of(new Known(exist, nanos.getAsLong()));
    unanswered = Optional.empty();
    return exist;
  }

  private synchronized Future<Boolean> fallBack() {
    unanswered = known(BELIEVED_NANOS).map(last -> new Known(last, nanos.getAsLong()));
    return unanswered
        .map(Known::exist)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(new RejectedException(Rejection.unavailable())));
  }

  private synchronized void answered() {
    asking = Optional.empty();
  }

  private Optional<Boolean> known(long maxAge) {
    return known.filter(last -> isWithin(maxAge, last)).map(Known::exist);
  }

  private boolean isWithin(long maxAge, Known last) {
    return nanos.getAsLong() - last.at() < maxAge;
  }
}
