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

  /// As above, for whoever wrote the mark last, as far as they know: it is looked at only if they
  /// are wrong.
  ///
  /// @param version the mark's, as they know it; 0 for none
  public Future<Raised> raise(RoomName room, UserId user, Mark mark, long version) {
    return put(new Raising(room, user, mark), version, 1);
  }

  private Future<Raised> raise(Raising wish, Optional<StoredRecord> found, int attempt) {
    Mark current = found.map(Mark::of).orElse(Mark.START);
    long version = found.map(StoredRecord::version).orElse(0L);
    return current.seq() >= wish.mark().seq()
        ? Future.succeededFuture(new Raised(current, version, false))
        : put(wish, version, attempt);
  }

  private Future<Raised> put(Raising wish, long version, int attempt) {
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a read mark changed too often to be raised"));
    }
    return records
        .put(
            StreamId.of(wish.room()),
            PREFIX + wish.user(),
            wish.mark().toBytes(),
            OptionalLong.of(version),
            Optional.empty())
        .compose(result -> conclude(wish, result, attempt));
  }

  private Future<Raised> conclude(Raising wish, PutResult result, int attempt) {
    return switch (result) {
      case PutResult.Written(long version) ->
          Future.succeededFuture(new Raised(wish.mark(), version, true));
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
  /// @param version grows with each write
  /// @param rose whether this raised it
  public record Raised(Mark mark, long version, boolean rose) {}

  private record Raising(RoomName room, UserId user, Mark mark) {}
}
