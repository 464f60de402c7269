package dev.parley.store.redis;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Shared;
import dev.parley.store.FeedContract;
import dev.parley.store.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(NeedsRedis.class)
@ResourceLock(Shared.REDIS)
final class RedisFeedTest extends FeedContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }
}
