package dev.parley.store;

import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog.Check;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What has reached users: one record per user and stream (the rooms in which they take part, and
/// their inbox), which only rises, whoever writes it.
///
/// If the store has lost the history that a record is about, the record counts for nothing: what is
/// there now is delivered again.
public final class Receipts {
  private static final String PREFIX = "received/";
  private static final int PAGE = 1_000;
  private static final int MAX_ATTEMPTS = 16;

  private final Records records;
  private final EventLog log;

  public Receipts(Records records, EventLog log) {
    this.records = records;
    this.log = log;
  }

  /// All of a user, by stream, as they were written; see [#valid].
  public Future<Map<StreamId, Receipt>> of(UserId user) {
    return addPage(user, "", new HashMap<>());
  }

  /// A receipt, or [Receipt#NONE] if it is about lost history.
  ///
  /// @param head of its stream
  public Future<Receipt> valid(StreamId stream, Receipt receipt, Position head) {
    Position last = receipt.last();
    return last.seq() == 0 || (last.epoch().equals(head.epoch()) && last.seq() <= head.seq())
        ? Future.succeededFuture(receipt)
        : log.check(stream, last).map(verdict -> verdict == Check.LOST ? Receipt.NONE : receipt);
  }

  /// Notes that the events of a stream after `after` up to a place have reached the user.
  ///
  /// @return what is noted now
  public Future<Receipt> raise(UserId user, StreamId stream, long after, Position upTo) {
    return records
        .get(StreamId.of(user), PREFIX + stream)
        .compose(found -> raise(new Raising(user, stream, after, upTo), found, 1));
  }

  /// From now on the user hears of a room: what it holds already is not theirs.
  public Future<Void> begin(UserId user, RoomName room) {
    StreamId stream = StreamId.of(room);
    return log.head(stream).compose(head -> raise(user, stream, 0, head.position())).mapEmpty();
  }

  private Future<Receipt> raise(Raising wish, Optional<StoredRecord> found, int attempt) {
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a receipt changed too often to be raised"));
    }
    Receipt known = found.map(record -> Receipt.read(record.value())).orElse(Receipt.NONE);
    return valid(wish.stream(), known, wish.upTo())
        .compose(valid -> put(wish, found, valid.with(wish.after(), wish.upTo()), attempt));
  }

  private Future<Receipt> put(
      Raising wish, Optional<StoredRecord> found, Receipt raised, int attempt) {
    if (found.filter(record -> Receipt.read(record.value()).equals(raised)).isPresent()) {
      return Future.succeededFuture(raised);
    }
    OptionalLong version = OptionalLong.of(found.map(StoredRecord::version).orElse(0L));
    return records
        .put(
            StreamId.of(wish.user()),
            PREFIX + wish.stream(),
            raised.toBytes(),
            version,
            Optional.empty())
        .compose(result -> conclude(wish, raised, result, attempt));
  }

  private Future<Receipt> conclude(Raising wish, Receipt raised, PutResult result, int attempt) {
    return switch (result) {
      case PutResult.Written _ -> Future.succeededFuture(raised);
      case PutResult.Stale(var current) -> raise(wish, current, attempt + 1);
    };
  }

  private Future<Map<StreamId, Receipt>> addPage(
      UserId user, String after, Map<StreamId, Receipt> all) {
    return records
        .scan(StreamId.of(user), PREFIX, after, PAGE)
        .compose(page -> addAll(user, page, all));
  }

  private Future<Map<StreamId, Receipt>> addAll(
      UserId user, List<StoredRecord> page, Map<StreamId, Receipt> all) {
    page.forEach(
        found ->
            all.put(
                new StreamId(found.key().substring(PREFIX.length())), Receipt.read(found.value())));
    return page.size() < PAGE || all.size() >= Participations.MAX_ROOMS
        ? Future.succeededFuture(all)
        : addPage(user, page.getLast().key(), all);
  }

  private record Raising(UserId user, StreamId stream, long after, Position upTo) {}
}
