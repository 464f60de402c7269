package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.observe.HealthChecks.Kind;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {
  private final HealthChecks checks = new HealthChecks();

  @Test
  void readinessAsksAllAndLivenessOnlyItsOwn() {
    checks.register("store", Kind.READINESS, () -> new Health.Unhealthy("full"));
    checks.register("loops", Kind.LIVENESS, () -> Health.HEALTHY);
    assertThat(checks.readiness().isUp()).isFalse();
    assertThat(checks.readiness().checks()).containsOnlyKeys("loops", "store");
    assertThat(checks.liveness().isUp()).isTrue();
    assertThat(checks.liveness().checks()).containsOnlyKeys("loops");
  }

  @Test
  void degradedStillServes() {
    var health = new AtomicReference<Health>(Health.HEALTHY);
    checks.register("keys", Kind.READINESS, health::get);
    assertThat(checks.readiness().isDegraded()).isFalse();
    health.set(new Health.Degraded("old keys"));
    assertThat(checks.readiness().isUp()).isTrue();
    assertThat(checks.readiness().isDegraded()).isTrue();
  }

  @Test
  void checkThatThrowsIsUnhealthyAndTellsNothing() {
    checks.register(
        "store",
        Kind.READINESS,
        () -> {
          throw new IllegalStateException("secret");
        });
    assertThat(checks.readiness().checks())
        .containsEntry("store", new Health.Unhealthy("the check itself failed"));
  }

  @Test
  void nameIsTakenUntilItsCheckIsRemoved() {
    checks.register("store", Kind.READINESS, () -> Health.HEALTHY);
    assertThatThrownBy(() -> checks.register("store", Kind.LIVENESS, () -> Health.HEALTHY))
        .isInstanceOf(IllegalStateException.class);
    checks.remove("store");
    assertThat(checks.readiness().checks()).isEmpty();
    checks.register("store", Kind.LIVENESS, () -> Health.HEALTHY);
  }

  @Test
  void nodeWithoutChecksIsUp() {
    assertThat(checks.liveness().isUp()).isTrue();
  }
}
