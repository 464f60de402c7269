package dev.parley;

import dev.parley.bus.EventLoops;
import dev.parley.config.Config;
import dev.parley.observe.Meters;
import dev.parley.observe.Metric;
import dev.parley.store.Quotas;
import dev.parley.store.Store;
import dev.parley.store.StoreMeters;
import dev.parley.store.embedded.EmbeddedOptions;
import dev.parley.store.embedded.EmbeddedStore;
import dev.parley.store.redis.RedisStore;
import dev.parley.store.redis.RedisStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The store that was configured: shared if Redis has an address, else embedded.
///
/// @param available whether it can store now
/// @param quotas the rates that all who share it have in common
record OpenStore(Store store, BooleanSupplier available, Optional<Quotas> quotas) {

  /// Fails with [StartRefusedException] if it cannot be opened.
  static Future<OpenStore> open(Vertx vertx, Config config, Meters meters) {
    return config.store().redis().isOn()
        ? openShared(vertx, config, meters)
        : openEmbedded(vertx, config, meters);
  }

  private static Future<OpenStore> openShared(Vertx vertx, Config config, Meters meters) {
    EventLoops loops = new EventLoops(vertx);
    var options = RedisStoreOptions.of(config.node().id(), config.store(), loops.count());
    return RedisStore.open(vertx, loops::context, options, new Counted(meters))
        .map(result -> shared(result, meters));
  }

  private static OpenStore shared(dev.parley.store.redis.OpenResult result, Meters meters) {
    return switch (result) {
      case dev.parley.store.redis.OpenResult.Opened(RedisStore store) -> {
        meters.queue("store_writes", store::queuedCalls);
        Runnable _ = meters.show(Metric.DUTY, () -> store.isSweeping() ? 1 : 0, "sweep");
        yield new OpenStore(store, store::isAvailable, Optional.of(store.quotas()));
      }
      case dev.parley.store.redis.OpenResult.Refused(String line) ->
          throw new StartRefusedException(line);
    };
  }

  private static Future<OpenStore> openEmbedded(Vertx vertx, Config config, Meters meters) {
    return EmbeddedStore.open(vertx, EmbeddedOptions.of(config.store()), new Counted(meters))
        .map(result -> embedded(result, meters));
  }

  private static OpenStore embedded(dev.parley.store.embedded.OpenResult result, Meters meters) {
    return switch (result) {
      case dev.parley.store.embedded.OpenResult.Opened(EmbeddedStore store) -> {
        meters.queue("store_writes", store::queuedWrites);
        meters.queue("store_reads", store::queuedReads);
        yield new OpenStore(store, store::isAvailable, Optional.empty());
      }
      case dev.parley.store.embedded.OpenResult.Refused(String line) ->
          throw new StartRefusedException(line);
    };
  }

  /// What the store does, as our meters count it.
  private record Counted(Meters meters) implements StoreMeters {
    @Override
    public void onCommitted(int writes, long bytes, Duration took) {
      meters.committed(writes);
    }

    @Override
    public void onAcknowledged(Duration latency) {
      meters.appended(latency.toNanos());
    }
  }
}
