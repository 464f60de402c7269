package dev.parley.notifications;

import dev.parley.notifications.NoticeWriter.Kept;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Who waits to be appended to one stream, and where it ends as far as is known. It is there while
/// somebody waits.
final class Lane {
  static final int MAX_BATCH = 64;

  private final StreamId stream;
  private final Queue<Turn> queue = new ArrayDeque<>();
  private List<Turn> begun = List.of();
  private Optional<End> end = Optional.empty();

  Lane(StreamId stream) {
    this.stream = stream;
  }

  private record Turn(Draft draft, Promise<Optional<Kept>> written) {}

  StreamId stream() {
    return stream;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  Optional<End> end() {
    return end;
  }

  Future<Optional<Kept>> add(Draft draft) {
    Turn turn = new Turn(draft, Promise.promise());
    queue.add(turn);
    return turn.written().future();
  }

  /// Takes those that go together: one with a key goes alone.
  List<Draft> begin() {
    List<Turn> batch = new ArrayList<>();
    boolean alone = false;
    while (!queue.isEmpty() && batch.size() < MAX_BATCH && !alone) {
      boolean keyed = queue.element().draft().key().isPresent();
      if (keyed && !batch.isEmpty()) {
        break;
      }
      batch.add(queue.remove());
      alone = keyed;
    }
    begun = batch;
    return batch.stream().map(Turn::draft).toList();
  }

  /// Notes where the stream ends now.
  List<Optional<Kept>> onAppended(List<Notification> notifications, List<Stamp> stamps) {
    end = Optional.of(End.of(stamps.getLast().seq(), Optional.of(notifications.getLast())));
    List<Optional<Kept>> kept = new ArrayList<>(notifications.size());
    for (int i = 0; i < notifications.size(); i++) {
      kept.add(Optional.of(new Kept(notifications.get(i), stamps.get(i))));
    }
    return kept;
  }

  /// The one that was begun had been stored before; where the stream ends is not known.
  List<Optional<Kept>> onRepeated() {
    end = Optional.empty();
    return List.of(Optional.empty());
  }

  /// Tells those who were begun how it ended.
  void conclude(AsyncResult<List<Optional<Kept>>> result) {
    List<Turn> done = begun;
    begun = List.of();
    if (result.succeeded()) {
      for (int i = 0; i < done.size(); i++) {
        done.get(i).written().complete(result.result().get(i));
      }
    } else {
      end = Optional.empty();
      done.forEach(turn -> turn.written().fail(result.cause()));
    }
  }
}
