import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.sun.management.OperatingSystemMXBean;
import dev.parley.Node;
import dev.parley.bus.Addresses;
import dev.parley.bus.Shards;
import dev.parley.config.Config;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.MembershipCommand.Arrive;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Very many rooms of one member each, over three nodes of one cluster in this process, on a Redis
/// that is empty. Members are simulated where sessions ask for them: may they enter, here they are.
/// Reports what a join takes, what a member costs in memory on all nodes together, and what the end
/// of one node costs the others. From the repository's root, after `mvn package`:
///
/// ```
/// java @conf/jvm.options -Xmx16g -cp target/parley.jar src/bench/java/RoomsBench.java REDIS_URL [rooms [in flight at each node]]
/// ```
public final class RoomsBench {
  private static final int NODES = 3;
  private static final int LOOPS = 1;
  private static final int FIRST_PORT = 25_701;

  private static final DeliveryOptions REQUEST =
      new DeliveryOptions().setLocalOnly(true).setCodecName("parley.Request");

  private final List<Node> nodes = new ArrayList<>();
  private final Shards shards = new Shards(LOOPS);
  private final Histogram joins = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final int rooms;
  private final int inFlight;

  private RoomsBench(int rooms, int inFlight) {
    this.rooms = rooms;
    this.inFlight = inFlight;
  }

  public static void main(String[] arguments) throws Exception {
    int rooms = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    int inFlight = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
    new RoomsBench(rooms, inFlight).run(arguments[0]);
    System.exit(0);
  }

  private void run(String redis) throws Exception {
    for (int i = 0; i < NODES; i++) {
      nodes.add(Node.start(config(i, redis)).await());
    }
    long before = liveBytes();
    long start = System.nanoTime();
    joinAll();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%,d joins in %.1f s, %,.0f a second%n", rooms, seconds, rooms / seconds);
    System.out.printf(
        "a join, ms: p50 %.2f, p99 %.2f, p99.9 %.2f%n", millis(50), millis(99), millis(99.9));
    awaitKnown(1, rooms - rooms % NODES - NODES, 1);
    System.out.printf(
        "live heap of %d nodes: %,d MiB, %,d B for each member%n",
        NODES, liveBytes() >> 20, (liveBytes() - before) / rooms);
    endOne();
  }

  private static Config config(int place, String redis) {
    return Config.of(
        "node.id",
        "n" + place,
        "node.event_loops",
        Integer.toString(LOOPS),
        "http.port",
        "0",
        "store.redis.url",
        redis,
        "cluster.enabled",
        "true",
        "cluster.secret",
        "only-for-measurements",
        "cluster.port",
        Integer.toString(FIRST_PORT + place),
        "cluster.members",
        "127.0.0.1:" + FIRST_PORT);
  }

  /// Room `i` is on node `i` modulo [#NODES].
  private void joinAll() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(NODES * inFlight);
    for (int place = 0; place < NODES; place++) {
      AtomicInteger next = new AtomicInteger(place);
      for (int i = 0; i < inFlight; i++) {
        joinNext(place, next, done);
      }
    }
    done.await();
  }

  private void joinNext(int place, AtomicInteger next, CountDownLatch done) {
    int number = next.getAndAdd(NODES);
    if (number >= rooms) {
      done.countDown();
      return;
    }
    long start = System.nanoTime();
    RoomName room = room(number);
    Caller caller =
        Caller.of(new UserId("u" + number)).on(new ConnectionId("n" + place + "-" + number));
    ask(place, caller, room, new EnterRoom(room, Purpose.JOIN))
        .compose(_ -> ask(place, caller, room, new Arrive(room, false)))
        .onComplete(
            outcome -> {
              joins.recordValue(System.nanoTime() - start);
              joinNext(place, next, done);
            });
  }

  private Future<Outcome> ask(int place, Caller caller, RoomName room, Command command) {
    return nodes
        .get(place)
        .vertx()
        .eventBus()
        .<Outcome>request(Addresses.rooms(shards.of(room)), new Request(caller, command), REQUEST)
        .map(message -> message.body());
  }

  /// One node ends without a word; the others forget its members.
  private void endOne() throws Exception {
    int last = rooms - 1;
    int place = last % NODES;
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    HazelcastInstance ended =
        Hazelcast.getAllHazelcastInstances().stream()
            .filter(each -> each.getConfig().getNetworkConfig().getPort() == FIRST_PORT + place)
            .findFirst()
            .orElseThrow();
    List<Lag> lags = survivors(place).stream().map(Lag::watch).toList();
    ended.getLifecycleService().terminate();
    awaitKnown((place + 1) % NODES, last, 0);
    awaitKnown((place + 1) % NODES, place, 0);
    System.out.printf(
        "one node ended: its %,d members were forgotten after %.2f s and %.2f CPU s,"
            + " loops of the others were late by %,d ms at most%n",
        rooms / NODES,
        (System.nanoTime() - start) / 1e9,
        (system.getProcessCpuTime() - cpu) / 1e9,
        lags.stream().mapToLong(Lag::maxMillis).max().orElseThrow());
  }

  private List<Node> survivors(int ended) {
    List<Node> others = new ArrayList<>(nodes);
    others.remove(ended);
    return others;
  }

  /// How late the event loop of a node was at most.
  private static final class Lag {
    private static final long EVERY_MILLIS = 5;

    private volatile long lastAt = System.nanoTime();
    private volatile long maxNanos;

    static Lag watch(Node node) {
      Lag lag = new Lag();
      node.vertx().setPeriodic(EVERY_MILLIS, _ -> lag.beat());
      return lag;
    }

    private void beat() {
      long now = System.nanoTime();
      maxNanos = Math.max(maxNanos, now - lastAt);
      lastAt = now;
    }

    long maxMillis() {
      return Math.max(0, maxNanos / 1_000_000 - EVERY_MILLIS);
    }
  }

  /// Until a node says that a room has so many members.
  private void awaitKnown(int place, int number, int members) throws Exception {
    RoomName room = room(number);
    ListMembers list = new ListMembers(room, 1, Optional.empty());
    while (true) {
      Outcome outcome = ask(place, Caller.SERVER, room, list).await();
      if (outcome instanceof Reply.MembersPage page && page.total() == members) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static RoomName room(int number) {
    return new RoomName("room-" + number);
  }

  private double millis(double percentile) {
    return joins.getValueAtPercentile(percentile) / 1e6;
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
