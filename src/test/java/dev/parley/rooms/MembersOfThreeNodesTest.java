package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.bus.Shards;
import dev.parley.cluster.Rows;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three nodes with real rows on one bus, which loses letters; nodes that are split, meet again, or
/// are killed. Users come and go meanwhile, at several nodes at once. In the end every node knows
/// who is there, every session has heard of it, and so has an application at each node, which hears
/// the nodes that its own one sees, each in order, but some later than others.
final class MembersOfThreeNodesTest {
  private static final List<RoomName> ROOMS = List.of(new RoomName("hall"), new RoomName("den"));
  private static final Instant NOW = Instant.EPOCH;
  private static final int ROUNDS = 6;
  private static final int STEPS = 250;
  private static final int BATCH_MILLIS = 20;

  private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SimulatedCluster cluster = new SimulatedCluster();
  private final List<Sim> nodes = new ArrayList<>();
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
    beginToHear();
    for (int round = 0; round < ROUNDS; round++) {
      boolean rough = round % 2 == 1;
      lostPercent = rough ? 15 : 0;
      for (int step = 0; step < STEPS; step++) {
        if (rough) {
          playRoughly();
        } else {
          playCalmly();
        }
      }
      lostPercent = 0;
      run(cluster::heal);
      String played = "round " + round + ", seed " + seed;
      awaitTold(played);
      awaitAnnounced(played);
    }
  }

  @Test
  void whoIsAtOneNodeAtATimeIsAnnouncedOnce() {
    for (int i = 0; i < 3; i++) {
      nodes.add(start());
    }
    Await.until(() -> nodes.stream().allMatch(this::knowsOthers), "all know each other");
    awaitTurns();
    turn(0, "1", true);
    turn(0, "1", false);
    turn(1, "2", true);
    for (Sim node : nodes) {
      for (int i = 0; i < 10; i++) {
        assertThat(node.application.heard.get("room" + i + " u"))
            .containsExactly(true, false, true);
      }
    }
  }

  private boolean knowsOthers(Sim one) {
    return nodes.stream().allMatch(node -> node == one || one.rows.isCurrent(node.id));
  }

  /// A user comes to ten rooms or goes, at some node each.
  private void turn(int first, String connection, boolean comes) {
    for (int i = 0; i < 10; i++) {
      RoomName room = new RoomName("room" + i);
      Sim node = nodes.get((first + i) % 3);
      run(() -> node.turn(room, member("u"), new ConnectionId(connection), comes));
    }
    awaitTurns();
  }

  /// Many intervals of the rows, counted where they are.
  private void awaitTurns() {
    Promise<Void> passed = Promise.promise();
    context.runOnContext(_ -> passTurns(50, passed));
    Await.result(passed.future());
  }

  private void passTurns(int turns, Promise<Void> passed) {
    if (turns == 0) {
      passed.complete();
    } else {
      long _ = vertx.setTimer(5, _ -> passTurns(turns - 1, passed));
    }
  }

  /// What a node knows may be old at first; sessions are told all the same what it knows.
  private void awaitTold(String played) {
    try {
      Await.until(() -> call(() -> isSettled() && isTold()), played);
    } catch (AssertionError _) {
      run(() -> assertTold(played));
      throw new AssertionError("what is listed or counted is wrong, " + played);
    }
  }

  /// What is told may be wrong for a while, but not in the end.
  private void awaitAnnounced(String played) {
    try {
      Await.until(
          () -> call(() -> nodes.stream().allMatch(node -> node.application.isRight())), played);
    } catch (AssertionError _) {
      run(() -> nodes.forEach(node -> node.application.assertRight(played)));
    }
    awaitTurns(); // what is still on its way
    run(() -> nodes.forEach(node -> node.application.assertRight(played)));
    beginToHear();
  }

  private void beginToHear() {
    run(() -> nodes.forEach(node -> node.application.begin()));
  }

  /// At once or almost, so that nodes turn before they know of each other.
  private void playCalmly() {
    RoomName room = ROOMS.get(random.nextInt(2));
    Member member = member("u" + random.nextInt(6));
    for (int i = random.nextInt(5); i >= 0; i--) {
      move(nodes.get(random.nextInt(3)), room, member);
    }
    if (random.nextInt(5) == 0) {
      awaitSome(1 + random.nextInt(20));
    }
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
      awaitSome(1 + random.nextInt(6)); // a turn of the rows or less
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

  private void awaitSome(int millis) {
    Promise<Void> passed = Promise.promise();
    long _ = vertx.setTimer(millis, _ -> passed.complete());
    Await.result(passed.future());
  }

  private boolean isSettled() {
    return nodes.stream().allMatch(node -> ROOMS.stream().allMatch(node::isRight));
  }

  private boolean isTold() {
    return nodes.stream().allMatch(node -> node.toldInRooms().equals(truthOfRooms(node)));
  }

  private void assertTold(String played) {
    for (Sim node : nodes) {
      assertThat(node.toldInRooms()).as(played).isEqualTo(truthOfRooms(node));
    }
  }

  private Map<RoomName, Set<UserId>> truthOfRooms(Sim node) {
    return ROOMS.stream()
        .filter(node.attendance::isOccupied)
        .collect(Collectors.toMap(room -> room, this::truth));
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
    private final Application application = new Application();
    private final long flushing;

    Sim(NodeId id) {
      this.id = id;
      SimulatedCluster.View view = cluster.view(id);
      NodePost post = MessageBus.nodePost(vertx, id);
      this.rows = new Rows(vertx, view, post, context, Duration.ofMillis(5));
      Duration batchInterval = Duration.ofMillis(BATCH_MILLIS);
      var elsewhere = new MemberRows(rows, new Shards(1), batchInterval);
      this.attendance = new Attendance(3, elsewhere);
      elsewhere.follow(
          0, changes -> changes.forEach(this::onChange), all -> all.forEach(this::onUnsettled));
      this.flushing = vertx.setPeriodic(BATCH_MILLIS, _ -> context.runOnContext(_ -> flush()));
      var _ = post.open();
    }

    Map<UserId, Set<ConnectionId>> here(RoomName room) {
      return here.computeIfAbsent(room, _ -> new HashMap<>());
    }

    /// What only its applications' announcements say and not yet its rows, nobody can take back.
    void kill() {
      rows.close();
      run(
          () -> {
            here.forEach((room, users) -> users.keySet().forEach(user -> forget(room, user)));
            boolean _ = vertx.cancelTimer(flushing);
            cluster.remove(id);
          });
    }

    private void forget(RoomName room, UserId user) {
      String key = MemberRow.key(room, user);
      nodes.stream()
          .filter(node -> node != this && node.rows.of(id, key).isEmpty())
          .forEach(node -> node.application.forget(room + " " + user));
    }

    void move(RoomName room, Member member, ConnectionId connection, boolean comes) {
      turn(room, member, connection, comes);
      if (random.nextInt(4) == 0) {
        flush();
      }
    }

    void turn(RoomName room, Member member, ConnectionId connection, boolean comes) {
      if (comes) {
        arrive(room, member, connection);
      } else {
        depart(room, member, connection);
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
      arrival.announcement().ifPresent(this::announce);
    }

    private void depart(RoomName room, Member member, ConnectionId connection) {
      Departure departure = attendance.depart(room, member.user(), connection, NOW);
      Set<ConnectionId> open = here(room).getOrDefault(member.user(), new HashSet<>());
      open.remove(connection);
      if (open.isEmpty()) {
        here(room).remove(member.user());
      }
      departure.news().ifPresent(this::learn);
      departure.announcement().ifPresent(this::announce);
      if (!attendance.isOccupied(room)) {
        flush();
        told.remove(room);
      }
    }

    private void onChange(MembersElsewhere.Change change) {
      attendance.onElsewhere(change.room(), change.member().user(), NOW).ifPresent(this::learn);
    }

    private void onUnsettled(MembersElsewhere.Unsettled member) {
      attendance
          .settle(member.room(), member.user())
          .flatMap(untold -> attendance.announceAgain(member.room(), untold, NOW))
          .ifPresent(this::announce);
    }

    private void announce(RoomEvent event) {
      for (Sim node : nodes) {
        if (node == this || cluster.view(id).others().contains(node.id)) {
          node.application.send(id, event);
        }
      }
    }

    void flush() {
      attendance.takeNews(NOW).forEach(this::learn);
      attendance.takeAnnouncements(NOW).forEach(this::announce);
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

    Map<RoomName, Set<UserId>> toldInRooms() {
      flush();
      return Map.copyOf(told);
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

  /// Hears each node's announcements in order, up to 5 ms later.
  private final class Application {
    private final Map<NodeId, Deque<RoomEvent>> links = new HashMap<>();
    private final Map<String, List<Boolean>> heard = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private boolean isNew = true;

    void send(NodeId from, RoomEvent event) {
      Deque<RoomEvent> link = links.computeIfAbsent(from, _ -> new ArrayDeque<>());
      link.add(event);
      long _ =
          vertx.setTimer(
              1 + random.nextInt(5), _ -> context.runOnContext(_ -> hear(link.removeFirst())));
    }

    private void hear(RoomEvent event) {
      switch (event) {
        case RoomJoined joined -> hear(event.room(), joined.member(), true);
        case RoomLeft left -> hear(event.room(), left.member(), false);
        case MembersChanged changed -> {
          changed.left().forEach(member -> hear(event.room(), member, false));
          changed.joined().forEach(member -> hear(event.room(), member, true));
        }
        default -> throw new AssertionError("not about members: " + event);
      }
    }

    private void hear(RoomName room, Member member, boolean in) {
      heard.computeIfAbsent(room + " " + member.user(), _ -> new ArrayList<>()).add(in);
    }

    void forget(String key) {
      forgotten.add(key);
    }

    /// What is there already when it begins, it does not hear.
    void begin() {
      isNew = false;
      forgotten.clear();
      heard.clear();
      truth().forEach(key -> heard.put(key, new ArrayList<>(List.of(true))));
    }

    boolean isRight() {
      return isNew || known().equals(expected());
    }

    void assertRight(String played) {
      if (!isNew) {
        assertThat(known()).as(played).isEqualTo(expected());
      }
    }

    private Set<String> known() {
      Set<String> known = new TreeSet<>();
      heard.forEach(
          (key, said) -> {
            if (said.getLast() && !forgotten.contains(key)) {
              known.add(key);
            }
          });
      return known;
    }

    private Set<String> expected() {
      Set<String> expected = truth();
      expected.removeAll(forgotten);
      return expected;
    }

    private Set<String> truth() {
      Set<String> keys = new TreeSet<>();
      ROOMS.forEach(
          room ->
              MembersOfThreeNodesTest.this
                  .truth(room)
                  .forEach(user -> keys.add(room + " " + user)));
      return keys;
    }
  }
}
