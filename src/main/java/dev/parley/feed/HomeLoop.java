package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.store.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// The rooms whose order one loop keeps. Its methods may be called from any thread.
final class HomeLoop {
  private static final int RECHECKS_A_STEP = 200;
  private static final long RECHECK_STEP_MILLIS = 20;

  private static final long LOOK_MILLIS = 50;

  private final Vertx vertx;
  private final Loop loop;
  private final EventLog log;
  private final Neighbours neighbours;
  private final FeedLimits limits;
  private final Map<RoomName, HomeTopic> topics = new HashMap<>();
  private final ArrayDeque<HomeTopic> toRecheck = new ArrayDeque<>();

  HomeLoop(Vertx vertx, Loop loop, EventLog log, Neighbours neighbours, FeedLimits limits) {
    this.neighbours = neighbours;
    this.vertx = vertx;
    this.loop = loop;
    this.log = log;
    this.limits = limits;
  }

  void onEvent(RoomName room, Envelope envelope) {
    loop.execute(
        () -> {
          HomeTopic topic = topics.get(room);
          if (topic != null) {
            topic.onEvent(envelope);
          }
        });
  }

  /// In a later turn, since an event may be on its way to the listeners in this one.
  void attach(RoomName room, LoopFeed feed) {
    loop.post(() -> topics.computeIfAbsent(room, this::open).attach(feed));
  }

  /// The other nodes are told before it is looked where the stream stands: what they append from
  /// then on comes from them.
  private HomeTopic open(RoomName room) {
    neighbours.onListening(Topic.of(room));
    return new HomeTopic(vertx, room, log, limits);
  }

  void detach(RoomName room, LoopFeed feed) {
    loop.post(
        () -> {
          HomeTopic topic = topics.get(room);
          if (topic != null && topic.detach(feed)) {
            topics.remove(room);
            neighbours.onSilent(Topic.of(room));
          }
        });
  }

  void hearOf(RoomName room, long seq) {
    loop.execute(
        () -> {
          HomeTopic topic = topics.get(room);
          if (topic != null) {
            topic.hearOf(seq);
          }
        });
  }

  /// Some at a time: a node may have very many rooms.
  void recheckAll() {
    loop.post(
        () -> {
          boolean underWay = !toRecheck.isEmpty();
          toRecheck.clear();
          toRecheck.addAll(topics.values());
          if (!underWay) {
            recheckSome();
          }
        });
  }

  /// Completes when no room lacks what it was told of.
  Future<Void> settled() {
    Promise<Void> settled = Promise.promise();
    loop.post(() -> look(settled));
    return settled.future();
  }

  private void look(Promise<Void> settled) {
    if (toRecheck.isEmpty() && topics.values().stream().noneMatch(HomeTopic::isCatchingUp)) {
      settled.complete();
    } else {
      vertx.setTimer(LOOK_MILLIS, _ -> look(settled));
    }
  }

  private void recheckSome() {
    for (int i = 0; i < RECHECKS_A_STEP && !toRecheck.isEmpty(); i++) {
      toRecheck.remove().recheck();
    }
    if (!toRecheck.isEmpty()) {
      vertx.setTimer(RECHECK_STEP_MILLIS, _ -> recheckSome());
    }
  }
}
