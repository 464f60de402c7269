package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.observe.Meters;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Joining a live stream while the bus loses one event in six: nobody misses, doubles or reorders
/// anything. As many joins as wanted: `-Dparley.test.joins=100000`.
class JoinTest {
  private static final int JOINS = Integer.getInteger("parley.test.joins", 20_000);
  private static final int AT_ONCE = 200;
  private static final int LOOPS = 2;

  /// After so many joins other rooms are talked in: those who begin at the start of ever longer
  /// ones would take all the time.
  private static final int SEASON = 4_000;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private List<RoomName> rooms = List.of();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger recovered = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final MemoryStore store = new MemoryStore();
  private final Hub hub =
      new Hub(
          vertx,
          store.log(),
          Neighbours.NONE,
          FeedLimits.DEFAULT,
          LOOPS,
          new Meters(new SimpleMeterRegistry()));
  private final List<LoopFeed> feeds = new ArrayList<>();
  private final ChangeReader changes =
      new ChangeReader(vertx, store.log(), hub, Duration.ofMillis(50));

  @BeforeEach
  void attachLoops() {
    for (int i = 0; i < LOOPS; i++) {
      Await.result(vertx.deployVerticle(new Attaching()));
    }
    Await.result(changes.start());
  }

  @AfterEach
  void close() {
    changes.stop();
    Await.result(vertx.close());
  }

  @Test
  void joiningLosesDoublesAndReordersNothingWhenTheBusDropsOneInSix() {
    List<Listening> active = new ArrayList<>();
    List<Position> known = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      if (i % SEASON == 0) {
        int season = i / SEASON;
        rooms = IntStream.range(0, 8).mapToObj(n -> new RoomName("r" + season + "_" + n)).toList();
        known.clear();
      }
      publishSome(known);
      active.add(join(i, known));
      if (active.size() >= AT_ONCE) {
        Listening leaving = active.remove(random.nextInt(active.size()));
        Await.result(leaving.settled.future());
        leaving.leave();
      }
    }
    active.forEach(listening -> Await.result(listening.settled.future()));
    active.forEach(
        listening ->
            listening.awaitHead(Await.result(store.log().head(listening.stream())).position()));
    assertThat(violations).as("seed %d", seed).isEmpty();
    assertThat(recovered.get()).as("joins that got what they missed").isGreaterThan(JOINS / 4);
  }

  /// Appends a few events, and tells the hub of five in six, sometimes late.
  private void publishSome(List<Position> known) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      RoomName room = rooms.get(random.nextInt(rooms.size()));
      Event event = new ChatDeleted(room, "m", 1, new UserId("u"), Instant.EPOCH);
      Append append = Append.of(StreamId.of(room), new NewEvent(EventJson.encode(event), false));
      Appended appended = (Appended) Await.result(store.log().append(append));
      known.add(appended.last().position());
      Envelope envelope = Envelope.durable(event, Topic.of(room), appended.last());
      int fate = random.nextInt(6);
      if (fate == 1) {
        vertx.setTimer(1 + random.nextInt(30), _ -> hub.publish(envelope));
      } else if (fate > 1) {
        hub.publish(envelope);
      }
    }
  }

  private Listening join(int number, List<Position> known) {
    RoomName room = rooms.get(random.nextInt(rooms.size()));
    LoopFeed feed = feeds.get(random.nextInt(feeds.size()));
    Optional<Position> since = since(known);
    Listening listening = new Listening(number, feed, room, new Random(random.nextLong()));
    feed.loop().post(() -> listening.join(since));
    return listening;
  }

  /// From now on, from the start, or from a little or a long while ago.
  private Optional<Position> since(List<Position> known) {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Position.START);
      default -> {
        int back = 1 + random.nextInt(random.nextBoolean() ? 30 : 400);
        yield Optional.of(known.get(Math.max(0, known.size() - back)));
      }
    };
  }

  private final class Attaching extends VerticleBase {
    @Override
    public Future<?> start() {
      feeds.add(hub.attachLoop());
      return Future.succeededFuture();
    }
  }

  /// A session that only looks at the order of what it gets.
  private final class Listening extends FakeSubscriber {
    private final LoopFeed feed;
    private final RoomName room;
    private final Random chance;
    private final Promise<Void> settled = Promise.promise();
    private final Promise<Void> reached = Promise.promise();
    private long last;
    private long goal = Long.MAX_VALUE;
    private Optional<Subscription> subscription = Optional.empty();

    Listening(int number, LoopFeed feed, RoomName room, Random chance) {
      super("c" + number, "u" + number);
      this.feed = feed;
      this.room = room;
      this.chance = chance;
    }

    StreamId stream() {
      return StreamId.of(room);
    }

    void join(Optional<Position> since) {
      feed.join(this, room, since)
          .onSuccess(this::onEntered)
          .onFailure(failure -> violations.add("a join failed: " + failure));
    }

    private void onEntered(Entry entry) {
      joined.incrementAndGet();
      subscription = Optional.of(entry.subscription());
      last = entry.position().seq();
      if (entry.recovered().orElse(false)) {
        recovered.incrementAndGet();
      }
      if (chance.nextBoolean()) {
        start(entry);
      } else {
        vertx.setTimer(1 + chance.nextInt(20), _ -> start(entry));
      }
    }

    private void start(Entry entry) {
      feed.start(entry.subscription());
      settled.complete();
    }

    void leave() {
      feed.loop().post(() -> subscription.ifPresent(feed::leave));
    }

    void awaitHead(Position head) {
      feed.loop()
          .post(
              () -> {
                goal = head.seq();
                checkGoal();
              });
      Await.result(reached.future());
    }

    @Override
    public void deliver(Delivery delivery) {
      take(delivery.envelope());
    }

    @Override
    public void replay(Envelope envelope) {
      take(envelope);
    }

    private void take(Envelope envelope) {
      long seq = envelope.stamp().orElseThrow().seq();
      if (seq != last + 1) {
        violations.add(connection() + " in " + room + " got " + seq + " after " + last);
      }
      last = seq;
      checkGoal();
    }

    private void checkGoal() {
      if (last >= goal) {
        reached.tryComplete();
      }
    }

    @Override
    public boolean isDrained() {
      return chance.nextInt(10) > 0;
    }

    @Override
    public void whenDrained(Runnable next) {
      vertx.runOnContext(_ -> next.run());
    }

    @Override
    public void onCatchUpFailed() {
      violations.add(connection() + " could not catch up");
    }
  }
}
