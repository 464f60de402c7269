package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.store.Await;
import dev.parley.store.DutyContract;
import dev.parley.store.StoreFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRedis.class)
final class RedisDutyTest extends DutyContract {
  @Override
  protected StoreFixture newFixture() throws Exception {
    return RedisFixture.create();
  }

  @Test
  void oneOfTwoSweepsAndTheOtherTakesOver() throws Exception {
    RedisFixture shared = RedisFixture.create();
    RedisStore first = shared.open();
    Await.until("the first sweeps", first::isSweeping);
    RedisStore second = shared.openAnother();
    await(second.records().get(ROOM, "any"));
    assertThat(second.isSweeping()).isFalse();
    assertThat(first.isSweeping()).isTrue();
    await(first.close());
    assertThat(first.isSweeping()).isFalse();
    Await.until("the second sweeps", second::isSweeping);
    await(second.close());
    shared.end();
  }
}
