package dev.parley.auth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.auth.address.IpAddress;
import dev.parley.config.Config;
import dev.parley.observe.Meters;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Windows, against what they should do and against a model that remembers everything.
final class RateLimiterTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final RatePolicy WORKSPACE =
      RatePolicy.of(Quota.perMinute(60), Quota.perHour(1_000)).blocking(Duration.ofMinutes(15));

  @Test
  void messageAfterTheLastOfAWindowIsRefusedWithinIt() {
    var limiter = new RateLimiter<String>(RatePolicy.of(Quota.perMinute(3)), 10);
    assertThat(limiter.admit("u", 0)).isEmpty();
    assertThat(limiter.admit("u", 59 * SECOND)).isEmpty();
    assertThat(limiter.admit("u", 59 * SECOND)).isEmpty();
    var refused = limiter.admit("u", 59 * SECOND).orElseThrow();
    assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
    assertThat(refused.text()).isEqualTo("Rate limit exceeded: too many requests per minute");
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(limiter.admit("v", 59 * SECOND)).as("another user").isEmpty();
    assertThat(limiter.admit("u", 60 * SECOND)).as("a new window").isEmpty();
  }

  @Test
  void windowOpensWithItsFirstMessageNotWithTheClock() {
    var limiter = new RateLimiter<String>(RatePolicy.of(Quota.perMinute(1)), 10);
    assertThat(limiter.admit("u", 59 * SECOND)).isEmpty();
    assertThat(limiter.admit("u", 61 * SECOND)).isPresent();
    assertThat(limiter.admit("u", 118 * SECOND)).isPresent();
    assertThat(limiter.admit("u", 119 * SECOND)).isEmpty();
  }

  @Test
  void clockMayStartAnywhereAndOverflow() {
    for (long start : new long[] {0, -SECOND, Long.MAX_VALUE - 5, Long.MIN_VALUE}) {
      var limiter = new RateLimiter<String>(RatePolicy.of(Quota.perSecond(1)), 10);
      assertThat(limiter.admit("u", start)).isEmpty();
      assertThat(limiter.admit("u", start + 10)).isPresent();
      assertThat(limiter.admit("u", start + SECOND)).isEmpty();
    }
  }

  @Test
  void userOfWorkspaceIsBlockedForAQuarterOfAnHour() {
    var limiter = new RateLimiter<String>(WORKSPACE, 10);
    for (int i = 0; i < 60; i++) {
      assertThat(limiter.admit("u", 0)).isEmpty();
    }
    var refused = limiter.admit("u", 30 * SECOND).orElseThrow();
    assertThat(refused.text()).isEqualTo("Rate limit exceeded: too many requests per minute");
    assertThat(refused.retryAfter()).contains(Duration.ofMinutes(15));
    var again = limiter.admit("u", 90 * SECOND).orElseThrow();
    assertThat(again.retryAfter())
        .as("refusals do not prolong it")
        .contains(Duration.ofMinutes(14));
    assertThat(limiter.admit("u", 30 * SECOND + 900 * SECOND - 1)).isPresent();
    assertThat(limiter.admit("u", 30 * SECOND + 900 * SECOND)).isEmpty();
  }

  @Test
  void hourHoldsBesideTheMinute() {
    var limiter = new RateLimiter<String>(WORKSPACE, 10);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.admit("u", i * SECOND * 2)).as("message %d", i).isEmpty();
    }
    var refused = limiter.admit("u", 2_000 * SECOND).orElseThrow();
    assertThat(refused.text()).isEqualTo("Rate limit exceeded: too many requests per hour");
    assertThat(refused.retryAfter())
        .as("when a repetition makes sense")
        .contains(Duration.ofSeconds(1_600));
    assertThat(limiter.admit("u", 3_600 * SECOND)).isEmpty();
  }

  @Test
  void otherWindowsAreNamedBySeconds() {
    var limiter = new RateLimiter<String>(RatePolicy.of(new Quota(1, Duration.ofSeconds(90))), 10);
    assertThat(limiter.admit("u", 0)).isEmpty();
    assertThat(limiter.admit("u", 0).map(Rejection::text))
        .contains("Rate limit exceeded: too many requests in 90 seconds");
  }

  @Test
  void finishedWindowsAreForgotten() {
    var limiter = new RateLimiter<Integer>(WORKSPACE, 1_000);
    for (int user = 0; user < 100; user++) {
      assertThat(limiter.admit(user, user * SECOND)).isEmpty();
    }
    limiter.sweep(3_600 * SECOND);
    assertThat(limiter.size()).isEqualTo(99);
    limiter.sweep(3_699 * SECOND);
    assertThat(limiter.size()).isZero();
  }

  @Test
  void blockIsNotForgottenBeforeItsEnd() {
    var policy = RatePolicy.of(Quota.perSecond(1)).blocking(Duration.ofMinutes(15));
    var limiter = new RateLimiter<String>(policy, 10);
    assertThat(limiter.admit("u", 0)).isEmpty();
    assertThat(limiter.admit("u", 0)).isPresent();
    limiter.sweep(800 * SECOND);
    assertThat(limiter.admit("u", 800 * SECOND)).isPresent();
    limiter.sweep(900 * SECOND);
    assertThat(limiter.size()).isZero();
    assertThat(limiter.admit("u", 900 * SECOND)).isEmpty();
  }

  @Test
  void strangersAreAdmittedUncountedWhenItIsFull() {
    var limiter = new RateLimiter<Integer>(RatePolicy.of(Quota.perMinute(1)), 3);
    for (int user = 0; user < 10; user++) {
      assertThat(limiter.admit(user, 0)).isEmpty();
    }
    assertThat(limiter.size()).isEqualTo(3);
    assertThat(limiter.uncounted()).isEqualTo(7);
    assertThat(limiter.admit(0, 0)).as("who is known is still limited").isPresent();
    limiter.sweep(60 * SECOND);
    assertThat(limiter.admit(9, 60 * SECOND)).isEmpty();
    assertThat(limiter.admit(9, 60 * SECOND)).isPresent();
  }

  @Test
  void windowsAgreeWithAModelThatRemembersEverything() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var policy = randomPolicy(random);
      var limiter = new RateLimiter<Integer>(policy, 100);
      var models = new HashMap<Integer, Model>();
      long now = random.nextLong();
      for (int step = 0; step < 400; step++) {
        now += random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(60);
        int user = random.nextInt(3);
        if (random.nextInt(20) == 0) {
          limiter.sweep(now);
        }
        var admitted = limiter.admit(user, now).isEmpty();
        assertThat(admitted)
            .as("seed %d, round %d, step %d, %s", seed, round, step, policy)
            .isEqualTo(models.computeIfAbsent(user, _ -> new Model(policy)).admits(now));
      }
    }
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() throws Exception {
    var limiter =
        new RateLimiter<Integer>(RatePolicy.of(new Quota(1_000, Duration.ofDays(1))), 100);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> admitted = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        admitted.add(threads.submit(admissions(limiter)));
      }
      int sum = 0;
      for (var one : admitted) {
        sum += one.get(20, TimeUnit.SECONDS);
      }
      assertThat(sum).isEqualTo(10 * 1_000);
    }
  }

  /// Ten keys, asked 2,000 times each; sweeps run between and may not lose what is counted.
  private static Callable<Integer> admissions(RateLimiter<Integer> limiter) {
    return () -> {
      int admitted = 0;
      for (int i = 0; i < 20_000; i++) {
        admitted += limiter.admit(i % 10, i).isEmpty() ? 1 : 0;
        if (i % 100 == 0) {
          limiter.sweep(i);
        }
      }
      return admitted;
    };
  }

  @Test
  void badMessagesAndAnswersAreWindowsOfAConnection() {
    var bad = new FixedWindow();
    for (int i = 0; i < 100; i++) {
      assertThat(bad.take(Quota.perMinute(100), 7)).isTrue();
    }
    assertThat(bad.take(Quota.perMinute(100), 59 * SECOND)).isFalse();
    var answer = new FixedWindow();
    assertThat(answer.take(Quota.perSecond(1), 0)).isTrue();
    assertThat(answer.take(Quota.perSecond(1), SECOND - 1)).isFalse();
    assertThat(answer.take(Quota.perSecond(1), SECOND)).isTrue();
  }

  @Test
  void refusedFrameCountsNowhere() {
    var limits = limits(rates("limits.messages_per_ip", "100", "limits.chat_messages", "60"));
    var frames = limits.frames("connect");
    var alice = new UserId("alice");
    var here = IpAddress.parse("192.0.2.7").orElseThrow();
    for (int i = 0; i < 60; i++) {
      assertThat(frames.admit(alice, here, true, 0)).isEmpty();
    }
    for (int i = 0; i < 500; i++) {
      assertThat(frames.admit(alice, here, true, 0)).as("chat is used up").isPresent();
    }
    for (int i = 0; i < 40; i++) {
      assertThat(frames.admit(alice, here, false, 0)).as("other frames are not").isEmpty();
    }
    assertThat(frames.admit(alice, here, false, 0)).isPresent();
    assertThat(frames.admit(new UserId("bob"), here, false, 0))
        .as("the address is used up")
        .isPresent();
    var elsewhere = IpAddress.parse("192.0.2.8").orElseThrow();
    for (int i = 0; i < 100; i++) {
      assertThat(frames.admit(new UserId("bob"), elsewhere, false, 0)).isEmpty();
    }
  }

  @Test
  void dialectsCountApartAndAddressesTogether() {
    var limits = limits(rates("limits.messages_per_ip", "650"));
    var alice = new UserId("alice");
    var here = IpAddress.parse("192.0.2.7").orElseThrow();
    for (int i = 0; i < 600; i++) {
      assertThat(limits.frames("native").admit(alice, here, false, 0)).isEmpty();
    }
    assertThat(limits.frames("native").admit(alice, here, false, 0)).isPresent();
    for (int i = 0; i < 50; i++) {
      assertThat(limits.frames("nexus").admit(alice, here, false, 0)).isEmpty();
    }
    assertThat(limits.frames("nexus").admit(alice, here, false, 0)).isPresent();
    assertThatThrownBy(() -> limits.frames("gopher")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void defaultsAreThoseOfTheContract() {
    var limits = RateSettings.of(Config.defaults());
    assertThat(limits.frames().get("connect")).isEqualTo(RatePolicy.of(Quota.perMinute(100)));
    assertThat(limits.frames().get("native")).isEqualTo(RatePolicy.of(Quota.perMinute(600)));
    assertThat(limits.frames().get("nexus")).isEqualTo(RatePolicy.of(Quota.perMinute(600)));
    assertThat(limits.chat()).containsOnlyKeys("connect");
    assertThat(limits.framesOfAddress()).isEmpty();
    assertThat(limits.failures()).isEqualTo(Quota.perMinute(20));
    assertThat(limits.upgrades()).isEqualTo(Quota.perSecond(1_000));
    assertThat(rates("mode", "production", "auth.secret", "x".repeat(32)).framesOfAddress())
        .contains(RatePolicy.of(Quota.perMinute(1_200)));
  }

  @Test
  void failuresAndUpgradesAreLimited() {
    var limits = limits(RateSettings.of(Config.defaults()));
    var here = IpAddress.parse("2001:db8::1").orElseThrow();
    var neighbour = IpAddress.parse("2001:db8::2").orElseThrow();
    for (int i = 0; i < 20; i++) {
      assertThat(limits.admitFailure(i % 2 == 0 ? here : neighbour, 0)).isEmpty();
    }
    assertThat(limits.admitFailure(here, 0)).isPresent();
    for (int i = 0; i < 1_000; i++) {
      assertThat(limits.admitUpgrade(0)).isEmpty();
    }
    assertThat(limits.admitUpgrade(SECOND / 2).flatMap(Rejection::retryAfter))
        .contains(Duration.ofMillis(500));
    assertThat(limits.admitUpgrade(SECOND)).isEmpty();
    limits.sweep(61 * SECOND);
    assertThat(limits.admitFailure(here, 61 * SECOND)).isEmpty();
  }

  private static RateLimits limits(RateSettings settings) {
    return new RateLimits(settings, new Meters(new SimpleMeterRegistry()));
  }

  private static RateSettings rates(String... settings) {
    return RateSettings.of(Config.of(settings));
  }

  private static RatePolicy randomPolicy(Random random) {
    var quotas = new ArrayList<Quota>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      quotas.add(new Quota(1 + random.nextInt(6), Duration.ofNanos(1 + random.nextInt(1_000))));
    }
    var block =
        random.nextBoolean()
            ? Optional.of(Duration.ofNanos(1 + random.nextInt(2_000)))
            : Optional.<Duration>empty();
    return new RatePolicy(quotas, block);
  }

  /// Per quota the times admitted in the window that is open.
  private static final class Model {
    private final RatePolicy policy;
    private final List<List<Long>> windows = new ArrayList<>();
    private Optional<Long> blockedSince = Optional.empty();

    Model(RatePolicy policy) {
      this.policy = policy;
      policy.quotas().forEach(_ -> windows.add(new ArrayList<>()));
    }

    boolean admits(long now) {
      if (blockedSince
          .filter(since -> now - since < policy.block().orElseThrow().toNanos())
          .isPresent()) {
        return false;
      }
      blockedSince = Optional.empty();
      boolean free = true;
      for (int i = 0; i < windows.size(); i++) {
        var quota = policy.quotas().get(i);
        var taken = windows.get(i);
        if (!taken.isEmpty() && now - taken.getFirst() >= quota.window().toNanos()) {
          taken.clear();
        }
        free &= taken.size() < quota.limit();
      }
      if (free) {
        windows.forEach(taken -> taken.add(now));
      } else if (policy.block().isPresent()) {
        blockedSince = Optional.of(now);
      }
      return free;
    }
  }
}
