package dev.parley.store.redis;

import static dev.parley.store.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Shared;
import dev.parley.store.Quotas;
import dev.parley.store.QuotasContract;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(NeedsRedis.class)
@ResourceLock(Shared.REDIS)
final class RedisQuotasTest extends QuotasContract {
  private RedisFixture fixture;
  private RedisStore store;

  @BeforeEach
  void open() throws Exception {
    fixture = RedisFixture.create();
    store = fixture.open();
  }

  @AfterEach
  void close() throws Exception {
    await(store.close());
    fixture.end();
  }

  @Override
  protected Quotas quotas() {
    return store.quotas();
  }

  @Override
  protected void pass(Duration time) {
    fixture.pass(time);
  }

  @Test
  void aQuestionThatIsSentAgainCountsOnce() throws Exception {
    assertThat(evaluate("op1", 10)).isEqualTo(List.of(10, 1));
    assertThat(evaluate("op1", 10)).isEqualTo(List.of(10, 1));
    assertThat(evaluate("op2", 100)).isEqualTo(List.of(85, 1));
    assertThat(evaluate("op2", 100)).isEqualTo(List.of(85, 1));
  }

  @Test
  void aWindowIsForgottenByItself() throws Exception {
    assertThat(evaluate("op1", 10)).isEqualTo(List.of(10, 1));
    Response life = fixture.run(Request.cmd(Command.PTTL).arg("{parley.0}q:key"));
    assertThat(life.toInteger()).isBetween(1, 60_000);
  }

  /// Five were spent; answers what is granted, and whether the window is its own.
  private List<Integer> evaluate(String operation, int wanted) throws Exception {
    Response answer =
        fixture.run(
            Request.cmd(Command.EVALSHA)
                .arg(Script.LEASE.digest())
                .arg(1)
                .arg("{parley.0}")
                .arg("{parley.0}")
                .arg(0)
                .arg("key")
                .arg(60_000)
                .arg(100)
                .arg("asker")
                .arg(1)
                .arg(operation)
                .arg(0)
                .arg(operation.equals("op1") ? 5 : 0)
                .arg(wanted));
    return List.of(answer.get(0).toInteger(), answer.get(2).toInteger());
  }
}
