package dev.parley.chat;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/// Changes of one message wait for each other, so that a message that many react to at once is not
/// read and refused over and over. Only other nodes are met by comparing revisions. Belongs to one
/// thread.
final class MessageLanes {
  static final int MAX_WAITING = 10_000;

  /// Whose turn it is with a message, and who waits behind. A lane is here while somebody is in it.
  private final Map<Lane, Queue<Turn<?>>> lanes = new HashMap<>();

  private int inside;

  <T> Future<T> run(RoomName room, long seq, Supplier<Future<T>> work) {
    if (inside >= MAX_WAITING) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    inside++;
    Lane lane = new Lane(room, seq);
    Turn<T> turn = new Turn<>(work, Promise.promise());
    Queue<Turn<?>> queue = lanes.get(lane);
    if (queue != null) {
      queue.add(turn);
    } else {
      proceed(lane, open(lane, turn));
    }
    return turn.promise().future();
  }

  private Queue<Turn<?>> open(Lane lane, Turn<?> first) {
    Queue<Turn<?>> queue = new ArrayDeque<>();
    queue.add(first);
    lanes.put(lane, queue);
    return queue;
  }

  /// Goes on until somebody waits for the store. A loop and no recursion: where the store fails at
  /// once, all of a long queue fail in one go.
  private void proceed(Lane lane, Queue<Turn<?>> queue) {
    while (!queue.isEmpty()) {
      Future<?> turn = queue.element().begin();
      if (!turn.isComplete()) {
        turn.onComplete(_ -> goOn(lane, queue));
        return;
      }
      leave(queue);
    }
    lanes.remove(lane);
  }

  private void goOn(Lane lane, Queue<Turn<?>> queue) {
    leave(queue);
    proceed(lane, queue);
  }

  private void leave(Queue<Turn<?>> queue) {
    queue.remove();
    inside--;
  }

  private record Lane(RoomName room, long seq) {}

  private record Turn<T>(Supplier<Future<T>> work, Promise<T> promise) {
    /// Whoever asked is answered before the next turn begins.
    Future<T> begin() {
      return Future.succeededFuture().compose(_ -> work.get()).onComplete(promise);
    }
  }
}
