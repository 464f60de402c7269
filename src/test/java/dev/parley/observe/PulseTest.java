package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private long uptime;
  private long clock;
  private final AtomicInteger counted = new AtomicInteger();
  private final Deque<Promise<Void>> remedies = new ArrayDeque<>();
  private final Pulse pulse = new Pulse(() -> uptime, () -> clock, counted::incrementAndGet);

  PulseTest() {
    pulse.onStandstill(
        () -> {
          Promise<Void> remedy = Promise.promise();
          remedies.add(remedy);
          return remedy.future();
        });
  }

  @Test
  void whoeverIsInTimeIsSteady() {
    for (int i = 0; i < 100; i++) {
      pass(2_900);
      pulse.beat();
      assertThat(pulse.isSteady()).isTrue();
      assertThat(pulse.steady().succeeded()).isTrue();
    }
    assertThat(counted).hasValue(0);
    assertThat(remedies).isEmpty();
  }

  @Test
  void aLateBeatIsNoticedBeforeItComes() {
    pass(3_000);
    assertThat(pulse.isSteady()).isFalse();
    assertThat(pulse.health()).isInstanceOf(Health.Unhealthy.class);
    assertThat(remedies).isEmpty();
  }

  @Test
  void afterAStandstillItIsSteadyWhenTheRemedyIsDone() {
    pass(30_000);
    Future<Void> steady = pulse.steady();
    pulse.beat();
    pass(500);
    pulse.beat();
    assertThat(pulse.isSteady()).isFalse();
    assertThat(steady.isComplete()).isFalse();
    assertThat(remedies).hasSize(1);
    remedies.remove().complete();
    assertThat(pulse.isSteady()).isTrue();
    assertThat(steady.succeeded()).isTrue();
    assertThat(pulse.standstills()).isEqualTo(1);
    assertThat(counted).hasValue(1);
  }

  @Test
  void aRemedyThatFailsIsTriedAgain() {
    pass(3_000);
    pulse.beat();
    remedies.remove().fail("the store is away");
    assertThat(pulse.isSteady()).isFalse();
    pass(500);
    pulse.beat();
    remedies.remove().complete();
    assertThat(pulse.isSteady()).isTrue();
  }

  @Test
  void aStandstillDuringTheRemedyNeedsAnother() {
    pass(3_000);
    pulse.beat();
    pass(4_000);
    pulse.beat();
    assertThat(remedies).hasSize(1);
    remedies.remove().complete();
    assertThat(pulse.isSteady()).isFalse();
    pass(500);
    pulse.beat();
    remedies.remove().complete();
    assertThat(pulse.isSteady()).isTrue();
    assertThat(pulse.standstills()).isEqualTo(2);
  }

  @Test
  void aMachineThatSleptStoodStillToo() {
    clock += 60_000;
    uptime += 10;
    pulse.beat();
    assertThat(pulse.isSteady()).isFalse();
    assertThat(remedies).hasSize(1);
  }

  private void pass(long millis) {
    uptime += millis;
    clock += millis;
  }
}
