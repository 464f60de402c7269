package dev.parley.feed;

import dev.parley.bus.Shards;
import dev.parley.observe.Meters;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.Pacing;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Brings events to the sessions of this node, whichever loops they are on.
///
/// Loops are attached while the node starts; from then on every method may be called from any
/// thread.
public final class Hub {
  private final Vertx vertx;
  private final EventLog log;
  private final Neighbours neighbours;
  private final FeedLimits limits;
  private final Meters meters;
  private final Shards shards;
  private final Crossing crossing = new Crossing();
  private final List<LoopFeed> feeds = new ArrayList<>();
  private final List<HomeLoop> homes = new ArrayList<>();
  private final List<Pacemaker> pacemakers = new ArrayList<>();
  private final Map<TopicName, Integer> heard = new ConcurrentHashMap<>();
  private final SharedNotices notices;
  private volatile Consumer<Event> observer = _ -> {};
  private final Map<StreamId, LongConsumer> watchers = new ConcurrentHashMap<>();
  private volatile boolean complete;

  /// @param loopCount how many loops will be attached
  public Hub(
      Vertx vertx,
      EventLog log,
      Neighbours neighbours,
      FeedLimits limits,
      int loopCount,
      Meters meters) {
    this.neighbours = neighbours;
    this.meters = meters;
    this.vertx = vertx;
    this.log = log;
    this.limits = limits;
    this.shards = new Shards(loopCount);
    this.notices = new SharedNotices(vertx, log, this::broadcast);
  }

  /// Adds the loop that calls. All loops are attached before the first event.
  public synchronized LoopFeed attachLoop() {
    Loop loop =
        new Loop(feeds.size(), vertx.getOrCreateContext(), Thread.currentThread(), crossing);
    crossing.begin(loop);
    LoopFeed feed =
        new LoopFeed(
            loop,
            this,
            log,
            neighbours,
            limits,
            Math.max(1, limits.catchUps() / shards.count()),
            meters);
    feeds.add(feed);
    homes.add(new HomeLoop(vertx, loop, log, neighbours, limits));
    pacemakers.add(new Pacemaker(vertx, loop, this::onPaced, meters));
    complete = homes.size() == shards.count();
    return feed;
  }

  /// Sets who sees every event that reaches this node, whoever listens: one per node, before the
  /// first event. Called on any thread.
  public void onEvent(Consumer<Event> sees) {
    observer = sees;
  }

  /// Brings an event of this node to all who listen, here and on the other nodes; one that has a
  /// pace, at that pace.
  public void publish(Envelope envelope) {
    Optional<Pacing> pacing = envelope.event().pacing();
    if (pacing.isPresent() && complete) {
      pacemakerOf(pacing.get()).offer(pacing.get(), envelope, true);
    } else {
      onPaced(envelope, true);
    }
  }

  /// Brings an event to all who listen here; one that has a pace, at that pace.
  public void deliver(Envelope envelope) {
    Optional<Pacing> pacing = envelope.event().pacing();
    if (pacing.isPresent() && complete) {
      pacemakerOf(pacing.get()).offer(pacing.get(), envelope, false);
    } else {
      spread(envelope);
    }
  }

  /// @param forward whether it is an event of this node
  private void onPaced(Envelope envelope, boolean forward) {
    spread(envelope);
    if (forward) {
      neighbours.forward(envelope);
    }
  }

  private void spread(Envelope envelope) {
    observer.accept(envelope.event());
    if (!complete) {
      return; // nobody can listen yet
    }
    if (envelope.topics().size() == 1
        && envelope.topics().getFirst() instanceof Topic.OfRoom(RoomName room)) {
      homeOf(room).onEvent(room, envelope);
    } else if (notices.admits(envelope)) {
      broadcast(envelope);
    }
  }

  private void broadcast(Envelope envelope) {
    if (!feeds.isEmpty()) {
      Delivery delivery = new Delivery(envelope, feeds.size());
      feeds.forEach(feed -> feed.onBroadcast(delivery));
    }
  }

  /// Writes an event to chosen connections of this node.
  ///
  /// @return how many there are
  public Future<Integer> send(Recipients recipients, Event event) {
    return send(recipients, Envelope.ephemeral(event, List.of()));
  }

  /// Writes what has a place in a stream, likewise.
  public Future<Integer> send(Recipients recipients, Envelope envelope) {
    Delivery delivery = new Delivery(envelope, feeds.size());
    return sum(feed -> feed.send(recipients, delivery));
  }

  /// Counts the connections of this node that [#send] would write to.
  public Future<Integer> count(Recipients recipients) {
    return sum(feed -> feed.count(recipients));
  }

  /// Ends a connection of this node.
  ///
  /// @return 1, or 0 if it is not here
  public Future<Integer> disconnect(ConnectionId connection, CloseCode code) {
    return sum(feed -> feed.disconnect(connection, code));
  }

  /// Ends a connection of this user.
  ///
  /// @return 1, or 0 if it is not here or not theirs
  public Future<Integer> disconnect(ConnectionId connection, UserId user, CloseCode code) {
    return sum(feed -> feed.disconnect(connection, user, code));
  }

  /// Pings the connections of this node that fit; those that stay silent for `timeout` are cut off.
  ///
  /// @return how many were pinged
  public Future<Integer> probe(Predicate<Subscriber> which, Duration timeout) {
    return sum(feed -> feed.probe(which, timeout));
  }

  /// Ends all connections of this node, spread at random over `window`.
  ///
  /// @return completes when the last was told
  public Future<Void> disconnectAll(CloseCode code, Duration window) {
    return Future.join(feeds.stream().map(feed -> feed.disconnectAll(vertx, code, window)).toList())
        .mapEmpty();
  }

  /// Looks at the connections of this node, on each loop at its own.
  public <T> Future<List<T>> look(Function<LoopFeed, T> onLoop) {
    List<Future<T>> parts = feeds.stream().map(feed -> onItsLoop(feed, onLoop)).toList();
    return Future.all(parts).map(_ -> parts.stream().map(Future::result).toList());
  }

  private Future<Integer> sum(Function<LoopFeed, Integer> onLoop) {
    return look(onLoop).map(parts -> parts.stream().mapToInt(Integer::intValue).sum());
  }

  private static <T> Future<T> onItsLoop(LoopFeed feed, Function<LoopFeed, T> work) {
    Promise<T> result = Promise.promise();
    feed.loop().execute(() -> result.complete(work.apply(feed)));
    return result.future();
  }

  /// Whether a session of this node or another listens to a topic.
  public boolean isHeard(TopicName topic) {
    return heard.containsKey(topic) || neighbours.isHeard(Topic.of(topic));
  }

  /// A loop has somebody who listens to a topic.
  void onListening(TopicName topic) {
    heard.merge(topic, 1, Integer::sum);
  }

  /// It has nobody any more.
  void onSilent(TopicName topic) {
    heard.computeIfPresent(topic, (_, loops) -> loops == 1 ? null : loops - 1);
  }

  void attach(RoomName room, LoopFeed feed) {
    homeOf(room).attach(room, feed);
  }

  void detach(RoomName room, LoopFeed feed) {
    homeOf(room).detach(room, feed);
  }

  void hearOf(StreamId stream, long seq) {
    stream.room().ifPresent(room -> homeOf(room).hearOf(room, seq));
    notices.hearOf(stream, seq);
    stream.user().ifPresent(user -> feeds.forEach(feed -> feed.hearOf(user, seq)));
    Optional.ofNullable(watchers.get(stream)).ifPresent(watcher -> watcher.accept(seq));
  }

  /// Has `watcher` told, on any thread, whenever the store has more of a stream that is nobody's
  /// room or inbox.
  public void watch(StreamId stream, LongConsumer watcher) {
    watchers.put(stream, watcher);
  }

  /// Does something with every connection of this node, on its loop.
  public void visit(Consumer<Subscriber> visitor) {
    feeds.forEach(feed -> feed.loop().execute(() -> feed.sessions().forEach(visitor)));
  }

  /// Completes when every room has what it was told of ([#hearOf]).
  public Future<Void> settled() {
    return Future.all(homes.stream().map(HomeLoop::settled).toList()).mapEmpty();
  }

  void recheckAll() {
    homes.forEach(HomeLoop::recheckAll);
  }

  private HomeLoop homeOf(RoomName room) {
    return homes.get(shards.of(room));
  }

  private Pacemaker pacemakerOf(Pacing pacing) {
    return pacemakers.get(Math.floorMod(pacing.key().hashCode() * 0x9E3779B9, shards.count()));
  }
}
