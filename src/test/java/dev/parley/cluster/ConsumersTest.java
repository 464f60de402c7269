package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ConsumersTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Future<Boolean> registry = Future.succeededFuture(true);
  private final Consumers consumers =
      new Consumers(
          () -> {
            asked.incrementAndGet();
            return registry;
          },
          now::get);

  @Test
  void theRegistryIsAskedOnceASecond() {
    for (int millis = 0; millis < 3_000; millis += 10) {
      now.set(TimeUnit.MILLISECONDS.toNanos(millis));
      assertThat(consumers.exist().result()).isTrue();
    }
    assertThat(asked).hasValue(3);
  }

  @Test
  void whoeverAsksMeanwhileGetsTheSameAnswer() {
    Promise<Boolean> answer = Promise.promise();
    registry = answer.future();
    Future<Boolean> first = consumers.exist();
    Future<Boolean> second = consumers.exist();
    answer.complete(false);
    assertThat(first.result()).isFalse();
    assertThat(second.result()).isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void itsLastAnswerIsBelievedForAWhile() {
    assertThat(consumers.exist().result()).isTrue();
    registry = Future.failedFuture("it hangs");
    now.set(TimeUnit.SECONDS.toNanos(29));
    assertThat(consumers.exist().result()).isTrue();
    now.set(TimeUnit.SECONDS.toNanos(30));
    assertThat(consumers.exist().failed()).isTrue();
    registry = Future.succeededFuture(false);
    assertThat(consumers.exist().result()).isFalse();
  }
}
