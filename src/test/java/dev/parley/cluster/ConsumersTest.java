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
          this::untilImpatient,
          now::get);
  private final Promise<Boolean> impatience = Promise.promise();

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
  void whoHasALastAnswerDoesNotWaitLongForTheNext() {
    assertThat(consumers.exist().result()).isTrue();
    Promise<Boolean> late = Promise.promise();
    registry = late.future();
    now.set(TimeUnit.SECONDS.toNanos(5));
    Future<Boolean> answer = consumers.exist();
    assertThat(answer.isComplete()).isFalse();
    impatience.fail("it takes long");
    assertThat(answer.result()).isTrue();

    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(consumers.exist().result()).isTrue();
    assertThat(asked).hasValue(2);
    late.complete(false);
    assertThat(consumers.exist().result()).isFalse();
  }

  @Test
  void whoHasNoneWaits() {
    Promise<Boolean> late = Promise.promise();
    registry = late.future();
    impatience.fail("it takes long");
    Future<Boolean> answer = consumers.exist();
    assertThat(answer.isComplete()).isFalse();
    late.complete(true);
    assertThat(answer.result()).isTrue();
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

  private Future<Boolean> untilImpatient(Future<Boolean> answer) {
    Promise<Boolean> first = Promise.promise();
    answer.onComplete(first::tryComplete, first::tryFail);
    impatience.future().onFailure(first::tryFail);
    return first.future();
  }
}
