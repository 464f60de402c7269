package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.bus.Shards;
import dev.parley.cluster.Rows;
import dev.parley.cluster.Untold;
import dev.parley.kit.SimulatedCluster;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.Attendance.Arrival;
import dev.parley.rooms.Attendance.Departure;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three nodes with real rows on one bus, which loses letters; nodes that are split, meet again, or
/// are killed. Users come and go meanwhile, at several nodes at once. In calm rounds nothing is
/// lost and a user does at most two things at once: then applications have heard the truth as well.
final class MembersOfThreeNodesTest {
  private static final List<RoomName> ROOMS = List.of(new RoomName("hall"), new RoomName("den"));
  private static final Instant NOW = Instant.EPOCH;
  private static final int ROUNDS = 6;
  private static final int STEPS = 250;
  private static final int CALM_STEPS = 100;

  private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SimulatedCluster cluster = new SimulatedCluster();
  private final List<Sim> nodes = new ArrayList<>();
  private final Map<String, Boolean> announced = new HashMap<>();
  private volatile int lostPercent;
  private int started;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void inTheEndAllKnowWhoIsThereAndHaveToldIt() {
    var letters = new Random(seed + 1);
    vertx
        .eventBus()
        .addInboundInterceptor(
            delivery -> {
              if (letters.nextInt(100) >= lostPercent) {
                delivery.next();
              }
            });
    for (int i = 0; i < 3; i++) {
      nodes.add(start());
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean rough = round % 2 == 1;
      lostPercent = rough ? 15 : 0;
      for (int step = 0; step < (rough ? STEPS : CALM_STEPS); step++) {
        if (rough) {
          playRoughly();
        } else {
          playCalmly();
        }
      }
      lostPercent = 0;
      run(cluster::heal);
      int played = round;
      Await.until(() -> call(this::isSettled), "round " + played + ", seed " + seed);
      run(() -> assertTold(played, rough));
    }
  }

  private void playCalmly() {
    RoomName room = ROOMS.get(random.nextInt(2));
    Member member = member("u" + random.nextInt(6));
    for (int i = 0; i < 2; i++) {
      move(nodes.get(random.nextInt(3)), room, member);
    }
    Await.until(() -> call(this::isSettled), "seed " + seed);
  }

  private void playRoughly() {
    int dice = random.nextInt(100);
    if (dice < 2) {
      List<NodeId> ids = nodes.stream().map(node -> node.id).toList();
      int apart = random.nextInt(3);
      run(() -> cluster.split(Set.of(ids.get(apart))));
    } else if (dice < 4) {
      run(cluster::heal);
    } else if (dice == 4) {
      int victim = random.nextInt(3);
      nodes.get(victim).kill();
      nodes.set(victim, start());
    } else if (dice < 20) {
      awaitSomeTime();
    } else {
      move(
          nodes.get(random.nextInt(3)),
          ROOMS.get(random.nextInt(2)),
          member("u" + random.nextInt(6)));
    }
  }

  private void move(Sim node, RoomName room, Member member) {
    ConnectionId connection = new ConnectionId(node.id + "-" + random.nextInt(2));
    boolean comes = random.nextBoolean();
    run(() -> node.move(room, member, connection, comes));
  }

  /// A turn of the rows or less, so that much happens between two.
  private void awaitSomeTime() {
    Promise<Void> passed = Promise.promise();
    long _ = vertx.setTimer(1 + random.nextInt(6), _ -> passed.complete());
    Await.result(passed.future());
  }

  private boolean isSettled() {
    return nodes.stream().allMatch(node -> ROOMS.stream().allMatch(node::isRight));
  }

  private void assertTold(int round, boolean rough) {
    for (Sim node : nodes) {
      for (RoomName room : ROOMS) {
        node.flush();
        if (node.attendance.isOccupied(room)) {
          assertThat(node.told.get(room))
              .as("round %d, seed %d", round, seed)
              .isEqualTo(truth(room));
        }
      }
    }
    if (rough) {
      announced.clear(); // letters of announcements may be lost with a node
      ROOMS.forEach(room -> truth(room).forEach(user -> announced.put(room + " " + user, true)));
      return;
    }
    for (RoomName room : ROOMS) {
      Set<UserId> in = new TreeSet<>();
      announced.forEach(
          (key, isIn) -> {
            if (isIn && key.startsWith(room + " ")) {
              in.add(new UserId(key.substring(key.indexOf(' ') + 1)));
            }
          });
      assertThat(in).as("announced, round %d, seed %d", round, seed).isEqualTo(truth(room));
    }
  }

  private Set<UserId> truth(RoomName room) {
    Set<UserId> users = new TreeSet<>();
    nodes.forEach(node -> users.addAll(node.here(room).keySet()));
    return users;
  }

  private Sim start() {
    NodeId id = new NodeId("n" + started++);
    Sim node = call(() -> new Sim(id));
    Await.result(node.rows.start(Duration.ofSeconds(5)));
    run(() -> cluster.add(id));
    return node;
  }

  private void run(Runnable work) {
    boolean _ =
        call(
            () -> {
              work.run();
              return true;
            });
  }

  private <T> T call(Callable<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        _ -> {
          try {
            done.complete(work.call());
          } catch (Exception | AssertionError failure) {
            done.fail(failure);
          }
        });
    return Await.result(done.future());
  }

  private static Member member(String user) {
    return new Member(new UserId(user), user, Optional.empty());
  }

  /// A node, and a session in each of its rooms that hears all that is told there.
  private final class Sim {
    private final NodeId id;
    private final Rows rows;
    private final Attendance attendance;
    private final Map<RoomName, Map<UserId, Set<ConnectionId>>> here = new HashMap<>();
    private final Map<RoomName, Set<UserId>> told = new HashMap<>();

    Sim(NodeId id) {
      this.id = id;
      SimulatedCluster.View view = cluster.view(id);
      NodePost post = MessageBus.nodePost(vertx, id);
      this.rows = new Rows(vertx, view, post, context, Duration.ofMillis(5));
      var elsewhere = new MemberRows(rows, new Shards(1));
      this.attendance = new Attendance(3, elsewhere);
      elsewhere.follow(0, changes -> changes.forEach(this::onChange));
      var _ = post.open();
    }

    Map<UserId, Set<ConnectionId>> here(RoomName room) {
      return here.computeIfAbsent(room, _ -> new HashMap<>());
    }

    void kill() {
      rows.close();
      run(() -> cluster.remove(id));
    }

    void move(RoomName room, Member member, ConnectionId connection, boolean comes) {
      if (comes) {
        arrive(room, member, connection);
      } else {
        depart(room, member, connection);
      }
      if (random.nextInt(4) == 0) {
        flush();
      }
    }

    private void arrive(RoomName room, Member member, ConnectionId connection) {
      boolean begins = !attendance.isOccupied(room);
      Arrival arrival = attendance.arrive(room, member, connection, NOW);
      here(room).computeIfAbsent(member.user(), _ -> new HashSet<>()).add(connection);
      if (begins) {
        flush();
        told.put(room, new TreeSet<>(listed(room)));
      } else {
        arrival.news().ifPresent(this::learn);
      }
      if (arrival.first()) {
        announced.put(room + " " + member.user(), true);
      }
    }

    private void depart(RoomName room, Member member, ConnectionId connection) {
      Departure departure = attendance.depart(room, member.user(), connection, NOW);
      Set<ConnectionId> open = here(room).getOrDefault(member.user(), new HashSet<>());
      open.remove(connection);
      if (open.isEmpty()) {
        here(room).remove(member.user());
      }
      departure.news().ifPresent(this::learn);
      if (departure.last()) {
        announced.put(room + " " + member.user(), false);
      }
      if (!attendance.isOccupied(room)) {
        flush();
        told.remove(room);
      }
    }

    private void onChange(MembersElsewhere.Change change) {
      attendance.onElsewhere(change.room(), change.member().user(), NOW).ifPresent(this::learn);
      if (change.untold() != Untold.NOTHING) {
        announced.put(change.room() + " " + change.member().user(), change.untold() == Untold.STAY);
      }
    }

    void flush() {
      attendance.takeNews(NOW).forEach(this::learn);
      assertThat(attendance.takeAnnouncements(NOW)).isNotNull();
    }

    private void learn(RoomEvent event) {
      Set<UserId> known = told.get(event.room());
      if (known == null) {
        return;
      }
      switch (event) {
        case RoomJoined joined -> add(known, joined.member());
        case RoomLeft left -> remove(known, left.member());
        case MembersChanged changed -> {
          changed.left().forEach(member -> remove(known, member));
          changed.joined().forEach(member -> add(known, member));
        }
        default -> throw new AssertionError("not about members: " + event);
      }
    }

    private void add(Set<UserId> known, Member member) {
      assertThat(known.add(member.user())).as("joined once, seed %d", seed).isTrue();
    }

    private void remove(Set<UserId> known, Member member) {
      assertThat(known.remove(member.user())).as("left once, seed %d", seed).isTrue();
    }

    private List<UserId> listed(RoomName room) {
      return attendance.page(room, Optional.empty(), 100).members().stream()
          .map(Member::user)
          .toList();
    }

    boolean isRight(RoomName room) {
      Set<UserId> truth = truth(room);
      return attendance.count(room) == truth.size() && listed(room).equals(List.copyOf(truth));
    }
  }
}
