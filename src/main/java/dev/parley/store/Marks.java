package dev.parley.store;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/// How far users have read: one record per user and room, which only rises, whoever writes it.
public final class Marks {
  private static final String PREFIX = "read/";
  private static final int MAX_ATTEMPTS = 16;

  private final Records records;

  public Marks(Records records) {
    this.records = records;
  }

  /// The user's mark; [Mark#START] if they read nothing yet.
  public Future<Mark> get(RoomName room, UserId user) {
    return records
        .get(StreamId.of(room), PREFIX + user)
        .map(found -> found.map(Mark::of).orElse(Mark.START));
  }

  /// Raises the user's mark to `mark`, unless it is there already or beyond.
  public Future<Raised> raise(RoomName room, UserId user, Mark mark) {
    return records
        .get(StreamId.of(room), PREFIX + user)
        .compose(found -> raise(new Raising(room, user, mark), found, 1));
  }

  private Future<Raised> raise(Raising wish, Optional<StoredRecord> found, int attempt) {
    Mark current = found.map(Mark::of).orElse(Mark.START);
    if (current.seq() >= wish.mark().seq()) {
      return Future.succeededFuture(new Raised(current, false));
    }
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a read mark changed too often to be raised"));
    }
    OptionalLong version = OptionalLong.of(found.map(StoredRecord::version).orElse(0L));
    return records
        .put(
            StreamId.of(wish.room()),
            PREFIX + wish.user(),
            wish.mark().toBytes(),
            version,
            Optional.empty())
        .compose(result -> conclude(wish, result, attempt));
  }

  private Future<Raised> conclude(Raising wish, PutResult result, int attempt) {
    return switch (result) {
      case PutResult.Written _ -> Future.succeededFuture(new Raised(wish.mark(), true));
      case PutResult.Stale(var current) -> raise(wish, current, attempt + 1);
    };
  }

  /// The last event read.
  ///
  /// @param seq its place in the room
  /// @param number how many messages there were up to it
  public record Mark(long seq, long number) {
    /// Before the first message.
    public static final Mark START = new Mark(0, 0);

    /// How many messages a room with `total` messages has after this mark.
    public long unreadOf(long total) {
      return Math.max(0, total - number);
    }

    private static Mark of(StoredRecord found) {
      JsonObject json = new JsonObject(Buffer.buffer(found.value()));
      return new Mark(json.getLong("seq"), json.getLong("number"));
    }

    private byte[] toBytes() {
      return new JsonObject().put("seq", seq).put("number", number).toBuffer().getBytes();
    }
  }

  /// @param mark where it stands now
  /// @param rose whether this raised it
  public record Raised(Mark mark, boolean rose) {}

  private record Raising(RoomName room, UserId user, Mark mark) {}
}
