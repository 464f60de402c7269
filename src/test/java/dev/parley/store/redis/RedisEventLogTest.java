package dev.parley.store.redis;

import dev.parley.kit.NeedsRedis;
import dev.parley.store.EventLogContract;
import dev.parley.store.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRedis.class)
final class RedisEventLogTest extends EventLogContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }
}
