package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Records;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// Keeps what users have read and cleared, whichever node they do it on.
final class MarkBook {
  private static final String KEY = "notices";
  private static final int MAX_ATTEMPTS = 16;

  private final Records records;

  MarkBook(Records records) {
    this.records = records;
  }

  Future<UserMarks> get(UserId user) {
    return records.get(StreamId.of(user), KEY).map(MarkBook::marksIn);
  }

  /// Stores what `change` makes of the marks.
  ///
  /// @param change without effects of its own: it is called again if somebody else was faster
  Future<Changed> update(UserId user, UnaryOperator<UserMarks> change) {
    return records.get(StreamId.of(user), KEY).compose(found -> update(user, change, found, 1));
  }

  private Future<Changed> update(
      UserId user, UnaryOperator<UserMarks> change, Optional<StoredRecord> found, int attempt) {
    UserMarks before = marksIn(found);
    UserMarks after = change.apply(before);
    Changed changed = new Changed(before, after);
    if (after.equals(before)) {
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
                  case PutResult.Stale(var current) -> update(user, change, current, attempt + 1);
                });
  }

  private static UserMarks marksIn(Optional<StoredRecord> found) {
    return found.map(record -> UserMarks.of(record.value())).orElse(UserMarks.NONE);
  }

  record Changed(UserMarks before, UserMarks after) {}
}
