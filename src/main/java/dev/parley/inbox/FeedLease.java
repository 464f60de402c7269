package dev.parley.inbox;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/// Which connection of a user is being fed: the one that wrote the record, until it lets go or the
/// record expires.
final class FeedLease {
  private static final String KEY = "feeding";

  private final Records records;
  private final Duration length;
  private final InstantSource clock;

  FeedLease(Records records, Duration length, InstantSource clock) {
    this.records = records;
    this.length = length;
    this.clock = clock;
  }

  /// @return whether this connection has it now
  Future<Boolean> take(UserId user, ConnectionId connection) {
    return records
        .get(StreamId.of(user), KEY)
        .compose(
            found ->
                found.filter(record -> !isOf(record, connection)).isPresent()
                    ? Future.succeededFuture(false)
                    : write(user, connection, found, clock.instant().plus(length)));
  }

  /// Lets go of it, if this connection has it.
  Future<Void> release(UserId user, ConnectionId connection) {
    return records
        .get(StreamId.of(user), KEY)
        .map(found -> found.filter(record -> isOf(record, connection)))
        .compose(
            held ->
                held.isPresent()
                    ? write(user, connection, held, clock.instant())
                    : Future.succeededFuture(false))
        .mapEmpty();
  }

  private Future<Boolean> write(
      UserId user, ConnectionId connection, Optional<StoredRecord> found, Instant expiresAt) {
    return records
        .put(
            StreamId.of(user),
            KEY,
            connection.value().getBytes(StandardCharsets.UTF_8),
            OptionalLong.of(found.map(StoredRecord::version).orElse(0L)),
            Optional.of(expiresAt))
        .map(FeedLease::isWritten);
  }

  private static boolean isWritten(PutResult result) {
    return switch (result) {
      case PutResult.Written _ -> true;
      case PutResult.Stale _ -> false;
    };
  }

  private static boolean isOf(StoredRecord record, ConnectionId connection) {
    return new String(record.value(), StandardCharsets.UTF_8).equals(connection.value());
  }
}
