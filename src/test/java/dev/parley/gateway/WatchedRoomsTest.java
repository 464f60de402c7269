package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bus.Addresses;
import dev.parley.config.Config;
import dev.parley.feed.Delivery;
import dev.parley.feed.FeedLimits;
import dev.parley.feed.Hub;
import dev.parley.feed.LoopFeed;
import dev.parley.feed.Neighbours;
import dev.parley.feed.Subscriber;
import dev.parley.kit.DomainKit;
import dev.parley.observe.Meters;
import dev.parley.protocol.Caller;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.rooms.Cursors;
import dev.parley.rooms.MembersElsewhere;
import dev.parley.rooms.Occupancy;
import dev.parley.rooms.RoomsVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rooms that a connection hears without joining them, on real rooms and a real feed.
final class WatchedRoomsTest {
  private static final RoomName ORDER = new RoomName("order_7");
  private static final Caller ANN = DomainKit.user("ann");

  private final DomainKit kit = new DomainKit(1);
  private final Hub hub =
      new Hub(
          kit.vertx,
          kit.store.log(),
          Neighbours.NONE,
          FeedLimits.DEFAULT,
          1,
          new Meters(new SimpleMeterRegistry()));
  private final Ear ear = new Ear();
  private final Promise<LoopFeed> attached = Promise.promise();
  private final Promise<Context> loop = Promise.promise();
  private Context context;
  private SessionRooms rooms;

  @BeforeEach
  void deploy() {
    kit.bus.onPublish(hub::publish);
    kit.deploy(new Attaching());
    kit.deploy(
        new RoomsVerticle(
            0,
            kit.bus,
            kit.store,
            Config.defaults().rooms(),
            MembersElsewhere.NOWHERE,
            new Occupancy(MembersElsewhere.NOWHERE),
            new Cursors(),
            () -> Future.succeededFuture(false),
            () -> 0,
            InstantSource.system()));
    context = DomainKit.await(loop.future());
    rooms =
        new SessionRooms(
            ear, () -> ANN, DomainKit.await(attached.future()), kit.bus, 10, false, true);
    grant(true);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void whoWatchesHearsTheRoomAndIsNoMember() {
    watch();
    say("one");
    ear.await(RoomMessage.class);
    assertThat(members()).isZero();
    assertThat(rooms.isIn(ORDER)).isFalse();
    assertThat(rooms.last()).isEmpty();
    assertThat(ear.heard(RoomJoined.class)).isEmpty();
    assertThat(ear.heard(ParticipationBegan.class)).isEmpty();
    run(() -> rooms.unwatch(ORDER));
    say("two");
    settle();
    assertThat(ear.heard(RoomMessage.class)).hasSize(1);
  }

  @Test
  void whoWatchesAndThenJoinsIsAMemberAndWatchesOnAfterLeaving() {
    watch();
    join();
    assertThat(members()).isEqualTo(1);
    say("one");
    ear.await(RoomMessage.class);
    ask(() -> rooms.leave(ORDER));
    assertThat(members()).isZero();
    assertThat(rooms.isIn(ORDER)).isFalse();
    say("two");
    ear.awaitCount(RoomMessage.class, 2);
    run(() -> rooms.unwatch(ORDER));
    say("three");
    settle();
    assertThat(ear.heard(RoomMessage.class)).hasSize(2);
  }

  @Test
  void whoJoinedStaysWhenTheWatchingEnds() {
    join();
    watch();
    run(() -> rooms.unwatch(ORDER));
    assertThat(members()).isEqualTo(1);
    say("one");
    ear.await(RoomMessage.class);
    ask(() -> rooms.leave(ORDER));
    say("two");
    settle();
    assertThat(ear.heard(RoomMessage.class)).hasSize(1);
  }

  @Test
  void aRevocationEndsTheWatching() {
    watch();
    grant(false);
    ear.await(RoomRevoked.class);
    run(() -> rooms.onRevoked(ORDER));
    say("secret");
    settle();
    assertThat(ear.heard(RoomMessage.class)).isEmpty();
    assertThat(rooms.hears(ORDER)).isFalse();
    Promise<Throwable> refused = Promise.promise();
    run(() -> rooms.watch(ORDER).onFailure(refused::complete));
    assertThat(DomainKit.await(refused.future())).hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void closingGivesEverythingBack() {
    watch();
    join();
    run(rooms::close);
    settle();
    assertThat(members()).isZero();
    say("one");
    settle();
    assertThat(ear.heard(RoomMessage.class)).isEmpty();
  }

  private void watch() {
    ask(() -> rooms.watch(ORDER));
  }

  private void join() {
    ask(() -> rooms.join(ORDER, Optional.empty()).onSuccess(_ -> rooms.start(ORDER)));
  }

  private void grant(boolean granted) {
    var _ =
        kit.ask(
            Addresses.rooms(0),
            Caller.SERVER,
            new SetGrant(ORDER, ANN.user(), granted),
            Reply.Done.class);
  }

  private int members() {
    return kit.ask(
            Addresses.rooms(0),
            DomainKit.admin("root"),
            new ListMembers(ORDER, 10, Optional.empty()),
            Reply.MembersPage.class)
        .total();
  }

  private void say(String what) {
    hub.publish(
        Envelope.ephemeral(
            new RoomMessage(
                ORDER,
                new UserId("bob"),
                "Bob",
                what,
                JsonValue.NULL,
                JsonValue.NULL,
                Instant.EPOCH),
            Topic.of(ORDER)));
  }

  private void ask(Supplier<Future<?>> work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> work.get().<Void>mapEmpty().onComplete(done));
    DomainKit.await(done.future());
  }

  private void run(Runnable work) {
    ask(
        () -> {
          work.run();
          return Future.succeededFuture();
        });
  }

  /// What was on its way has come: from this thread, the loop's next turns, and the rooms.
  private void settle() {
    for (int turn = 0; turn < 3; turn++) {
      run(() -> {});
      int _ = members();
    }
  }

  private final class Attaching extends VerticleBase {
    @Override
    public Future<?> start() {
      loop.complete(context);
      attached.complete(hub.attachLoop());
      return Future.succeededFuture();
    }
  }

  /// A session that keeps what it hears.
  private static final class Ear implements Subscriber {
    private final List<Event> heard = Collections.synchronizedList(new ArrayList<>());

    <T extends Event> List<T> heard(Class<T> type) {
      synchronized (heard) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
      }
    }

    void await(Class<? extends Event> type) {
      awaitCount(type, 1);
    }

    void awaitCount(Class<? extends Event> type, int count) {
      dev.parley.Await.until(() -> heard(type).size() >= count, "it hears " + type);
      assertThat(heard(type)).hasSize(count);
    }

    @Override
    public UserId user() {
      return ANN.user();
    }

    @Override
    public ConnectionId connection() {
      return ANN.connection().orElseThrow();
    }

    @Override
    public boolean followsConversations() {
      return false;
    }

    @Override
    public void deliver(Delivery delivery) {
      heard.add(delivery.envelope().event());
    }

    @Override
    public void replay(Envelope envelope) {
      heard.add(envelope.event());
    }

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public void whenDrained(Runnable next) {
      next.run();
    }

    @Override
    public void onCatchUpFailed() {
      throw new AssertionError("it could not catch up");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean hasRole(String role) {
      return false;
    }

    @Override
    public boolean wants(NotificationEvent event) {
      return false;
    }

    @Override
    public boolean matches(Recipients.Matching recipients) {
      return true;
    }

    @Override
    public void probe(long timeoutMillis) {}

    @Override
    public void disconnect(CloseCode code) {}
  }
}
