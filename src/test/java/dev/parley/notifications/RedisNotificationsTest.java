package dev.parley.notifications;

import dev.parley.config.Config;
import dev.parley.kit.DomainKit;
import dev.parley.kit.NeedsRedis;
import dev.parley.kit.RedisServer;
import dev.parley.store.Store;
import dev.parley.store.StoreMeters;
import dev.parley.store.redis.OpenResult;
import dev.parley.store.redis.RedisStore;
import dev.parley.store.redis.RedisStoreOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRedis.class)
final class RedisNotificationsTest extends NotificationsContract {
  private final RedisServer redis = RedisServer.start();

  @Override
  void end() {
    redis.close();
  }

  @Override
  DomainKit open() {
    return new DomainKit(2, this::openStore);
  }

  private Store openStore(Vertx vertx) {
    RedisStoreOptions options =
        RedisStoreOptions.of("test", Config.of("store.redis.url", redis.url()).store(), 2);
    return switch (DomainKit.await(RedisStore.open(vertx, options, StoreMeters.NONE))) {
      case OpenResult.Opened(RedisStore store) -> store;
      case OpenResult.Refused(String line) -> throw new AssertionError(line);
    };
  }
}
