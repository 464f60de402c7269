package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.faults.Drill.Account;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/// Three servers, a Redis with a replica, and whatever can go wrong with them. As long as wanted:
/// `-Dparley.test.faults=<minutes>`.
@ExtendWith(NeedsRedis.class)
@Isolated("it needs both cores for itself")
class FaultTest {
  private static final int MINUTES = Integer.getInteger("parley.test.faults", 0);

  private static final List<PlantedBug> BUGS =
      List.of(PlantedBug.HASTY, PlantedBug.FORGETFUL, PlantedBug.DEAF, PlantedBug.TRUSTING);

  private static final List<Fault> ALL = List.of(Fault.values());

  /// What is done in any case, whatever else.
  private static final List<Fault> ALWAYS =
      List.of(
          Fault.BUS_LOSES_ALL,
          Fault.REDIS_ANSWERS_ARE_LOST,
          Fault.REDIS_KILLED,
          Fault.NODE_KILLED_WITH_ANSWERS_ON_THEIR_WAY,
          Fault.REDIS_FAILS_OVER);

  private static final int DRILLS_A_BUG = 3;

  private static final int KILLED_SECONDS = 5;

  /// `cluster.dead_after`, and the time it takes to tell.
  private static final int HUNG_SECONDS = 8;

  private static final String STOOD_STILL = "parley_standstills_total 1.0";

  private static final int LAST_WORDS_MILLIS = 2_000;

  /// How long nothing may come before a server counts as deaf.
  private static final int DEAF_MILLIS = 2_500;

  private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void whateverHappensNothingAcknowledgedIsLostInSilence() {
    try (Fleet fleet = new Fleet()) {
      for (Fault fault : ALWAYS) {
        play(fleet, "each-" + fault, fault);
      }
      sayLastWordsWithoutBus(fleet);
      standStill(fleet);
      ghostsGo(fleet, "killed", fleet::kill, KILLED_SECONDS);
      fleet.start(0);
      if (MINUTES > 0) {
        ghostsGo(fleet, "hung", fleet::pause, HUNG_SECONDS);
        fleet.resume(0);
      }
      for (PlantedBug bug : BUGS) {
        assertThat(isNoticedInTime(fleet, bug)).as("%s is noticed, seed %d", bug, seed).isTrue();
      }
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
      for (int round = 0; System.nanoTime() < end; round++) {
        play(fleet, "round" + round, anyOf(fleet), anyOf(fleet));
      }
    }
  }

  private void play(Fleet fleet, String name, Fault... faults) {
    try (Drill drill = new Drill(fleet, random, name)) {
      drill.begin();
      for (Fault fault : faults) {
        drill.suffer(fault);
      }
      drill.hush();
      check(fleet, name + " " + List.of(faults), drill.settle(settleMillis(faults)));
      long start = Guest.now();
      List<String> wrong = drill.wrongMembers();
      System.out.printf("%s: members known to all after %d ms%n", name, Guest.now() - start);
      assertThat(wrong).as("seed %d, %s, %s", seed, name, fleet.said()).isEmpty();
    }
  }

  private static int settleMillis(Fault... faults) {
    return Stream.of(faults).mapToInt(Fault::settleMillis).max().orElseThrow();
  }

  /// A lost last message leaves no gap; all the same everybody gets it.
  private void sayLastWordsWithoutBus(Fleet fleet) {
    try (Drill drill = new Drill(fleet, random, "last-words")) {
      drill.begin();
      drill.hush();
      fleet.tellAll("lose 100");
      drill.lastWords();
      check(fleet, "last words without bus", drill.settle(LAST_WORDS_MILLIS));
    } finally {
      fleet.tellAll("lose 0");
    }
  }

  /// A node that was stopped notices, and catches up before it goes on.
  private void standStill(Fleet fleet) {
    play(fleet, "standstill", Fault.NODE_STANDS_STILL);
    Await.until(
        () ->
            IntStream.range(0, Fleet.SIZE)
                .anyMatch(node -> fleet.get(node, "/metrics").contains(STOOD_STILL)),
        "the node knows that it stood still");
    for (int node = 0; node < Fleet.SIZE; node++) {
      assertThat(fleet.get(node, "/health/ready")).doesNotContain("stood still");
    }
  }

  /// Who was on a node that is gone, and does not come back, leaves for those on the others.
  private static void ghostsGo(Fleet fleet, String how, IntConsumer end, int withinSeconds) {
    JsonObject join = new JsonObject().put("type", "room.join").put("room", "haunted-" + how);
    try (TestClient ghost = fleet.connect(0, "ghost");
        TestClient witness = fleet.connect(1, "witness")) {
      JsonObject _ = ghost.ask(join);
      JsonObject _ = witness.ask(join);
      Await.until(() -> membersSeenBy(witness, join) == 2, "the witness sees the ghost");
      long start = Guest.now();
      end.accept(0);
      JsonObject left = witness.await("room.left");
      long gone = Guest.now() - start;
      System.out.printf("ghost of a node that was %s: left after %d ms%n", how, gone);
      assertThat(left.getString("user_id")).isEqualTo("ghost");
      assertThat(gone).as("ms until it left").isLessThan(withinSeconds * 1_000L);
      ghost.abort();
    }
  }

  private static int membersSeenBy(TestClient client, JsonObject join) {
    JsonObject list = join.copy().put("type", "room.members").put("limit", 10);
    return client.ask(list).getJsonArray("members").size();
  }

  private void check(Fleet fleet, String what, Account account) {
    System.out.printf(
        "%s: %d acknowledged, %d lost by Redis, told %d times; all had all after %d ms%n",
        what, account.acknowledged(), account.lost(), account.resets(), account.settledMillis());
    assertThat(account.violations()).as("seed %d, %s, %s", seed, what, fleet.said()).isEmpty();
  }

  /// A client must be waiting for an answer when its node is killed, or a message be lost: there
  /// nearly always is, so a second drill is rarely needed.
  private boolean isNoticedInTime(Fleet fleet, PlantedBug bug) {
    return IntStream.range(0, DRILLS_A_BUG).anyMatch(_ -> isNoticed(fleet, bug));
  }

  /// A drill in which the bug shows.
  private boolean isNoticed(Fleet fleet, PlantedBug bug) {
    fleet.tellAll("bug " + bug);
    try (Drill drill = new Drill(fleet, random, "bug-" + bug)) {
      drill.begin();
      switch (bug) {
        case NONE, HASTY, CREDULOUS -> {}
        case FORGETFUL -> drill.suffer(Fault.NODE_KILLED_WITH_ANSWERS_ON_THEIR_WAY);
        case TRUSTING -> drill.suffer(Fault.REDIS_FAILS_OVER);
        case DEAF -> {
          drill.hush();
          fleet.tellAll("lose 100");
          drill.lastWords();
        }
      }
      drill.hush();
      return !drill.settle(DEAF_MILLIS).violations().isEmpty();
    } finally {
      fleet.tellAll("lose 0");
      fleet.tellAll("bug " + PlantedBug.NONE);
    }
  }

  private Fault anyOf(Fleet fleet) {
    while (true) {
      Fault fault = ALL.get(random.nextInt(ALL.size()));
      if (fault.isPossible(fleet)) {
        return fault;
      }
    }
  }
}
