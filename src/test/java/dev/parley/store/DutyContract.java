package dev.parley.store;

import static dev.parley.store.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a [Duty] promises, on a real store and with real time.
public abstract class DutyContract extends StoreContract {
  private static final Duration LENGTH = Duration.ofMillis(1_500);

  @Test
  void oneHasItUntilItEndsOrGivesItUp() throws Exception {
    Vertx vertx = Vertx.vertx();
    Vertx other = Vertx.vertx();
    Duty first = Duty.seek(vertx, records(), "tidy", "first", LENGTH);
    Await.until("the first has it", first::isHeld);
    assertThat(first.term()).hasValue(1);
    Duty second = Duty.seek(other, records(), "tidy", "second", LENGTH);
    Duty elsewhere = Duty.seek(vertx, records(), "polish", "first", LENGTH);
    Await.until("another duty is anybody's", elsewhere::isHeld);
    assertThat(first.isHeld()).isTrue();
    assertThat(second.isHeld()).isFalse();

    await(first.close());
    assertThat(first.isHeld()).isFalse();
    assertThat(first.term()).isEmpty();
    Await.until("the second has it", second::isHeld);
    assertThat(second.term()).hasValue(2);

    Duty third = Duty.seek(vertx, records(), "tidy", "third", LENGTH);
    await(other.close()); // its timers end: it is gone and gave nothing up
    Await.until("the third took over", third::isHeld);
    assertThat(second.isHeld()).isFalse();
    assertThat(third.term()).hasValue(3);
    await(Future.all(third.close(), elsewhere.close()));
    await(vertx.close());
  }
}
