package dev.parley.chat;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Changes of one message wait for each other, so that a message that many react to at once is not
/// read and refused over and over. Only other nodes are met by comparing revisions. Belongs to one
/// thread.
final class MessageLanes {
  static final int MAX_WAITING = 10_000;

  private final Map<Lane, Future<?>> tails = new HashMap<>();
  private int waiting;

  <T> Future<T> run(RoomName room, long seq, Supplier<Future<T>> work) {
    if (waiting >= MAX_WAITING) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    waiting++;
    Lane lane = new Lane(room, seq);
    Future<?> before = tails.getOrDefault(lane, Future.succeededFuture());
    Future<T> mine = before.transform(_ -> work.get());
    tails.put(lane, mine);
    return mine.onComplete(_ -> leave(lane, mine));
  }

  private void leave(Lane lane, Future<?> mine) {
    waiting--;
    tails.remove(lane, mine);
  }

  private record Lane(RoomName room, long seq) {}
}
