package dev.parley.notifications;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// Keeps what users have read and cleared, whichever node they do it on. What is added for a user
/// while their record is being written waits, then goes together; other nodes are met by the
/// record's version. Belongs to one thread.
final class MarkBook {
  static final int MAX_WAITING = 10_000;

  private static final String KEY = "notices";
  private static final int MAX_ATTEMPTS = 16;

  private final Records records;

  /// Who waits behind those that are being written. A user is here while something is written.
  private final Map<UserId, List<Turn>> waiting = new HashMap<>();

  private int inside;

  MarkBook(Records records) {
    this.records = records;
  }

  record Changed(UserMarks before, UserMarks after) {}

  private record Turn(UnaryOperator<UserMarks> change, Promise<Changed> done) {}

  Future<UserMarks> get(UserId user) {
    return records.get(StreamId.of(user), KEY).map(MarkBook::marksIn);
  }

  /// Stores what `change` makes of the marks.
  ///
  /// @param change without effects of its own: it is called again if somebody else was faster
  Future<Changed> update(UserId user, UnaryOperator<UserMarks> change) {
    if (inside >= MAX_WAITING) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    inside++;
    Turn turn = new Turn(change, Promise.promise());
    List<Turn> behind = waiting.get(user);
    if (behind != null) {
      behind.add(turn);
    } else {
      waiting.put(user, new ArrayList<>());
      write(user, List.of(turn));
    }
    return turn.done().future();
  }

  private void write(UserId user, List<Turn> turns) {
    records
        .get(StreamId.of(user), KEY)
        .compose(found -> write(user, turns, found, 1))
        .onComplete(result -> conclude(user, turns, result));
  }

  private Future<List<Changed>> write(
      UserId user, List<Turn> turns, Optional<StoredRecord> found, int attempt) {
    List<Changed> changed = apply(turns, marksIn(found));
    UserMarks after = changed.getLast().after();
    if (after.equals(changed.getFirst().before())) {
      return Future.succeededFuture(changed);
    }
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a user's marks changed too often to be changed"));
    }
    OptionalLong version = OptionalLong.of(found.map(StoredRecord::version).orElse(0L));
    return records
        .put(StreamId.of(user), KEY, after.toBytes(), version, Optional.empty())
        .compose(
            result ->
                switch (result) {
                  case PutResult.Written _ -> Future.succeededFuture(changed);
                  case PutResult.Stale(var current) -> write(user, turns, current, attempt + 1);
                });
  }

  private static List<Changed> apply(List<Turn> turns, UserMarks marks) {
    List<Changed> changed = new ArrayList<>(turns.size());
    UserMarks before = marks;
    for (Turn turn : turns) {
      UserMarks after = turn.change().apply(before);
      changed.add(new Changed(before, after));
      before = after;
    }
    return changed;
  }

  private void conclude(UserId user, List<Turn> turns, AsyncResult<List<Changed>> result) {
    inside -= turns.size();
    List<Turn> next = waiting.getOrDefault(user, List.of());
    if (next.isEmpty()) {
      waiting.remove(user);
    } else {
      waiting.put(user, new ArrayList<>());
    }
    for (int i = 0; i < turns.size(); i++) {
      if (result.succeeded()) {
        turns.get(i).done().complete(result.result().get(i));
      } else {
        turns.get(i).done().fail(result.cause());
      }
    }
    if (!next.isEmpty()) {
      write(user, next);
    }
  }

  private static UserMarks marksIn(Optional<StoredRecord> found) {
    return found.map(record -> UserMarks.of(record.value())).orElse(UserMarks.NONE);
  }
}
