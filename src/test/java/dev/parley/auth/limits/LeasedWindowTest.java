package dev.parley.auth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.observe.Meters;
import dev.parley.store.MemoryQuotas;
import dev.parley.store.Quotas;
import dev.parley.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Several nodes that share a rate by leases, played at random: the bounds that [LeasedWindow]
/// states hold, and a node alone is as exact as without leases.
final class LeasedWindowTest {
  private static final long MILLI = 1_000_000;

  @Test
  void oneNodeDecidesAsWithoutLeasesHoweverLateAnswersAre() {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var quota = new Quota(1 + random.nextInt(80), Duration.ofSeconds(1 + random.nextInt(10)));
      var game = new Game(quota, 1, random.nextInt(4) * 50L);
      var plain = new RateLimiter<String>(RatePolicy.of(quota), 10);
      for (int step = 0; step < 600; step++) {
        game.pass(random.nextInt(8) == 0 ? random.nextInt(600) : random.nextInt(4), random);
        assertThat(game.admit(0))
            .as("seed %d, round %d, step %d, %s", seed, round, step, quota)
            .isEqualTo(plain.admit("u", game.now).isEmpty());
      }
    }
  }

  @Test
  void manyNodesAdmitTheLimitAndTheCreditOfTheOthersAtMost() {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var quota = new Quota(1 + random.nextInt(200), Duration.ofMinutes(1));
      int nodes = 2 + random.nextInt(4);
      var game = new Game(quota, nodes, 0);
      for (int step = 0; step < 3 * quota.limit() + 50; step++) {
        int node = random.nextInt(nodes);
        if (!game.admit(node)) {
          assertThat(game.admitted())
              .as("seed %d, round %d: a refusal by node %d of %s", seed, round, node, quota)
              .isGreaterThanOrEqualTo(quota.limit() - game.unusedBesides(node));
        }
      }
      assertThat(game.admitted())
          .as("seed %d, round %d: %d nodes, %s", seed, round, nodes, quota)
          .isLessThanOrEqualTo(quota.limit() + (nodes - 1) * LeasedWindow.creditOf(quota));
    }
  }

  @Test
  void whatIsTakenWhileTheStoreAnswersIsAllThatMayComeOnTop() {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var quota = new Quota(20 + random.nextInt(200), Duration.ofMinutes(1));
      int nodes = 2 + random.nextInt(4);
      var game = new Game(quota, nodes, 20);
      for (int step = 0; step < 4 * quota.limit(); step++) {
        game.pass(random.nextInt(3), random);
        boolean _ = game.admit(random.nextInt(nodes));
      }
      int bound =
          quota.limit() + (nodes - 1) * LeasedWindow.creditOf(quota) + game.takenWhileAsking();
      assertThat(game.admitted())
          .as("seed %d, round %d: %d nodes, %s", seed, round, nodes, quota)
          .isBetween(quota.limit() - game.unusedBesides(-1), bound);
    }
  }

  @Test
  void withoutTheStoreEachNodeLimitsAsIfItWereAlone() {
    var quota = Quota.perMinute(40);
    var game = new Game(quota, 2, 0);
    game.broken = true;
    for (int node = 0; node < 2; node++) {
      for (int i = 0; i < 40; i++) {
        assertThat(game.admit(node)).isTrue();
      }
      assertThat(game.admit(node)).isFalse();
    }
    assertThat(game.questions).as("one a second, not one a message").isEqualTo(2);
  }

  @Test
  void whoSendsLittleAsksNobody() {
    var game = new Game(Quota.perMinute(600), 2, 0);
    for (int i = 0; i < 18; i++) {
      assertThat(game.admit(0)).isTrue();
    }
    assertThat(game.questions).isZero();
    for (int i = 18; i < 600; i++) {
      assertThat(game.admit(0)).isTrue();
    }
    assertThat(game.questions).isLessThanOrEqualTo(12);
    assertThat(game.admit(0)).isFalse();
  }

  @Test
  void aUserWhoMovesOnTakesTheWindowAlong() {
    var game = new Game(Quota.perMinute(100), 2, 0);
    for (int i = 0; i < 90; i++) {
      assertThat(game.admit(0)).isTrue();
    }
    game.pass(30_000, new Random(1));
    int there = 0;
    while (game.admit(1)) {
      there++;
    }
    assertThat(there).isBetween(10 - game.unusedBesides(1), 10 + 6);
    game.pass(29_999, new Random(1));
    assertThat(game.admit(1)).as("until the end of the window that began elsewhere").isFalse();
    game.pass(1, new Random(1));
    assertThat(game.admit(1)).isTrue();
  }

  /// Nodes with one user, and a store whose answers take up to `maxLatencyMillis` each way.
  private static final class Game {
    final List<RateLimiter<String>> nodes = new ArrayList<>();
    final List<Asking> askings = new ArrayList<>();
    final MemoryQuotas store = new MemoryQuotas();
    final long maxLatencyMillis;
    long now = Long.MAX_VALUE - 1_000 * MILLI;
    int questions;
    boolean broken;

    Game(Quota quota, int count, long maxLatencyMillis) {
      this.maxLatencyMillis = maxLatencyMillis;
      var meters = new Meters(new SimpleMeterRegistry());
      var policy = RatePolicy.of(quota);
      for (int i = 0; i < count; i++) {
        var asking = new Asking("node" + i);
        var leasing = new Leasing("l", policy, asking, meters, () -> now);
        askings.add(asking);
        nodes.add(new RateLimiter<>(policy, 10, Optional.of(leasing)));
      }
    }

    boolean admit(int node) {
      var asking = askings.get(node);
      boolean waits = !asking.underWay.isEmpty();
      boolean admitted = nodes.get(node).admit("u", now).isEmpty();
      asking.admitted += admitted ? 1 : 0;
      asking.takenWhileAsking += admitted && waits ? 1 : 0;
      return admitted;
    }

    /// Time passes for all; what was on its way arrives, in the order of each node.
    void pass(long millis, Random random) {
      for (long i = 0; i < millis; i++) {
        now += MILLI;
        store.pass(Duration.ofMillis(1));
        for (var asking : askings) {
          asking.deliver(random);
        }
      }
    }

    int admitted() {
      return askings.stream().mapToInt(asking -> asking.admitted).sum();
    }

    int takenWhileAsking() {
      return askings.stream().mapToInt(asking -> asking.takenWhileAsking).sum();
    }

    /// What the others hold of leases.
    int unusedBesides(int node) {
      int unused = 0;
      for (int i = 0; i < askings.size(); i++) {
        var asking = askings.get(i);
        unused += i == node ? 0 : Math.max(0, asking.known - asking.admitted);
      }
      return unused;
    }

    /// A node's way to the store.
    final class Asking implements Leases {
      final String name;
      final Deque<Letter> underWay = new ArrayDeque<>();
      int admitted;
      int takenWhileAsking;

      /// Reported and granted.
      int known;

      Asking(String name) {
        this.name = name;
      }

      @Override
      public Future<Grant> ask(Ask ask) {
        questions++;
        if (broken) {
          return Future.failedFuture(new StoreUnavailableException("gone"));
        }
        if (maxLatencyMillis == 0) {
          return Future.succeededFuture(lease(ask));
        }
        var letter = new Letter(ask, Promise.promise());
        underWay.add(letter);
        return letter.answer().future();
      }

      void deliver(Random random) {
        while (!underWay.isEmpty() && random.nextInt((int) maxLatencyMillis) == 0) {
          var letter = underWay.remove();
          letter.answer().complete(lease(letter.ask()));
        }
      }

      private Grant lease(Ask ask) {
        var lease =
            store
                .lease(
                    new Quotas.Question(
                        ask.key(),
                        ask.quota().limit(),
                        ask.quota().window(),
                        Duration.ofNanos(ask.ageNanos()),
                        name,
                        ask.window(),
                        ask.spent(),
                        ask.wanted()))
                .result();
        known += ask.spent() + lease.granted();
        return new Grant(lease.granted(), lease.remaining().toNanos(), lease.own());
      }
    }

    private record Letter(Leases.Ask ask, Promise<Leases.Grant> answer) {}
  }
}
