package dev.parley.metrics;

import dev.parley.protocol.NodeId;
import dev.parley.protocol.SystemSample;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes samples, one at a time. Belongs to one event loop; readings are taken on a worker.
final class Sampler {
  /// With the last reading older than this a sample would tell of a time long past: then two are
  /// taken, so far apart.
  private static final Duration BASELINE = Duration.ofMillis(250);

  private final Vertx vertx;
  private final Machine machine;
  private final Supplier<SystemSample.ServerProcess> process;
  private final NodeId node;
  private final InstantSource clock;
  private final long maxAgeNanos;
  private Optional<Reading> last = Optional.empty();
  private Optional<SystemSample> newest = Optional.empty();
  private @Nullable Future<SystemSample> underWay;

  /// @param maxAge of the reading that a sample tells what happened since
  Sampler(
      Vertx vertx,
      Machine machine,
      Duration maxAge,
      Supplier<SystemSample.ServerProcess> process,
      NodeId node,
      InstantSource clock) {
    this.vertx = vertx;
    this.machine = machine;
    this.maxAgeNanos = maxAge.toNanos();
    this.process = process;
    this.node = node;
    this.clock = clock;
  }

  Optional<SystemSample> newest() {
    return newest;
  }

  boolean isSampling() {
    return underWay != null;
  }

  /// A new sample; the one under way, if there is one.
  Future<SystemSample> sample() {
    Future<SystemSample> running = underWay;
    if (running != null) {
      return running;
    }
    Promise<SystemSample> sample = Promise.promise();
    underWay = sample.future();
    baseline()
        .compose(before -> read().map(now -> finish(before, now)))
        .onComplete(
            outcome -> {
              underWay = null;
              sample.handle(outcome);
            });
    return sample.future();
  }

  private SystemSample finish(Reading before, Reading now) {
    SystemSample sample = Samples.between(before, now, process.get(), node, clock.instant());
    last = Optional.of(now);
    newest = Optional.of(sample);
    return sample;
  }

  private Future<Reading> baseline() {
    return last.filter(this::isRecent)
        .map(Future::succeededFuture)
        .orElseGet(() -> read().compose(this::afterAWhile));
  }

  private boolean isRecent(Reading reading) {
    return System.nanoTime() - reading.nanos() <= maxAgeNanos;
  }

  private Future<Reading> afterAWhile(Reading reading) {
    return vertx.timer(BASELINE.toMillis()).map(_ -> reading);
  }

  private Future<Reading> read() {
    return vertx.executeBlocking(machine::read);
  }
}
