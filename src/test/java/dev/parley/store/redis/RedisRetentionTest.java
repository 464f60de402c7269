package dev.parley.store.redis;

import dev.parley.kit.NeedsRedis;
import dev.parley.store.RetentionContract;
import dev.parley.store.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRedis.class)
final class RedisRetentionTest extends RetentionContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }
}
