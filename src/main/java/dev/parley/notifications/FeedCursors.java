package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// How far the change feed has been followed, kept in the store for whoever follows it next.
/// Belongs to one thread.
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

  /// Begins behind all that there is, where nobody followed before.
  Future<Void> begin() {
    return Future.all(IntStream.range(0, log.partitions()).mapToObj(this::begin).toList())
        .mapEmpty();
  }

  private Future<Void> begin(int partition) {
    return records
        .get(SCOPE, key(partition))
        .compose(found -> found.isPresent() ? Future.succeededFuture() : beginAtTheEnd(partition));
  }

  private Future<Void> beginAtTheEnd(int partition) {
    return log.changesHead(partition)
        .compose(
            cursor ->
                records.put(
                    SCOPE, key(partition), toBytes(cursor), OptionalLong.of(0), Optional.empty()))
        .mapEmpty();
  }

  /// Where to go on in a partition.
  Future<Long> get(int partition) {
    Reached known = reached.get(partition);
    return known != null
        ? Future.succeededFuture(known.cursor())
        : records
            .get(SCOPE, key(partition))
            .compose(found -> read(partition, found))
            .onSuccess(found -> reached.put(partition, found))
            .map(Reached::cursor);
  }

  /// If the store lost the record, it lost what was posted before it, too.
  private Future<Reached> read(int partition, Optional<StoredRecord> record) {
    return record
        .map(found -> new Reached(cursorIn(found.value()), found.version(), true))
        .map(Future::succeededFuture)
        .orElseGet(() -> log.changesHead(partition).map(head -> new Reached(head, 0, false)));
  }

  private static long cursorIn(byte[] value) {
    return Long.parseLong(new String(value, StandardCharsets.US_ASCII));
  }

  private static byte[] toBytes(long cursor) {
    return Long.toString(cursor).getBytes(StandardCharsets.US_ASCII);
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
    return keep(List.copyOf(reached.keySet()));
  }

  /// Keeps what was reached in some partitions.
  Future<Void> keep(List<Integer> partitions) {
    return Future.join(partitions.stream().map(this::keep).toList()).mapEmpty();
  }

  private Future<Void> keep(int partition) {
    Reached now = reached.get(partition);
    return now == null || now.kept() ? Future.succeededFuture() : keep(partition, now);
  }

  private Future<Void> keep(int partition, Reached now) {
    return records
        .put(
            SCOPE,
            key(partition),
            toBytes(now.cursor()),
            OptionalLong.of(now.version()),
            Optional.empty())
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
