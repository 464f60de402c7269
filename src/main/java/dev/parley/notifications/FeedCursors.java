package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Records;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How far the change feed has been followed, kept in the store for whoever follows it next. Belongs
/// to one thread.
final class FeedCursors {
  private static final StreamId SCOPE = new StreamId("feed:mentions");

  private final EventLog log;
  private final Records records;
  private final Map<Integer, Reached> reached = new HashMap<>();

  /// @param version of the record, 0 if there is none
  /// @param kept whether the record says so
  private record Reached(long cursor, long version, boolean kept) {}

  FeedCursors(EventLog log, Records records) {
    this.log = log;
    this.records = records;
  }

  /// Where to go on in a partition: behind all that there is, if nobody followed it before.
  Future<Long> get(int partition) {
    Reached known = reached.get(partition);
    return known != null
        ? Future.succeededFuture(known.cursor())
        : records
            .get(SCOPE, key(partition))
            .compose(found -> found.map(this::read).orElseGet(() -> begin(partition)))
            .onSuccess(found -> reached.put(partition, found))
            .map(Reached::cursor);
  }

  private Future<Reached> read(StoredRecord found) {
    long cursor = Long.parseLong(new String(found.value(), StandardCharsets.US_ASCII));
    return Future.succeededFuture(new Reached(cursor, found.version(), true));
  }

  private Future<Reached> begin(int partition) {
    return log.changesHead(partition).map(cursor -> new Reached(cursor, 0, false));
  }

  void advance(int partition, long cursor) {
    reached.computeIfPresent(
        partition,
        (_, known) ->
            known.cursor() == cursor ? known : new Reached(cursor, known.version(), false));
  }

  /// Asks the store again: somebody else may have followed meanwhile.
  void forget() {
    reached.clear();
  }

  /// Keeps what was reached.
  Future<Void> keep() {
    return Future.join(
            reached.entrySet().stream()
                .filter(each -> !each.getValue().kept())
                .map(each -> keep(each.getKey(), each.getValue()))
                .toList())
        .mapEmpty();
  }

  private Future<Void> keep(int partition, Reached now) {
    byte[] value = Long.toString(now.cursor()).getBytes(StandardCharsets.US_ASCII);
    return records
        .put(SCOPE, key(partition), value, OptionalLong.of(now.version()), Optional.empty())
        .onSuccess(result -> onPut(partition, now, result))
        .mapEmpty();
  }

  private void onPut(int partition, Reached kept, PutResult result) {
    switch (result) {
      case PutResult.Written(long version) ->
          reached.computeIfPresent(
              partition,
              (_, now) -> new Reached(now.cursor(), version, now.cursor() == kept.cursor()));
      case PutResult.Stale _ -> reached.remove(partition);
    }
  }

  private static String key(int partition) {
    return "cursor/" + partition;
  }
}
