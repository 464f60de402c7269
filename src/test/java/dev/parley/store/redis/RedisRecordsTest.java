package dev.parley.store.redis;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Shared;
import dev.parley.store.RecordsContract;
import dev.parley.store.StoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(NeedsRedis.class)
@ResourceLock(Shared.REDIS)
final class RedisRecordsTest extends RecordsContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }

  @Override
  protected java.time.Instant now() {
    try {
      return ((RedisFixture) fixture()).now();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
