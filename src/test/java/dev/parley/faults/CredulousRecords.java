package dev.parley.faults;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog.Head;
import dev.parley.store.Records;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Notes for a user who has received something of a stream that all of it was received.
final class CredulousRecords implements Records {
  private static final String RECEIPT = "received/";

  private final Store store;
  private final BooleanSupplier believes;

  CredulousRecords(Store store, BooleanSupplier believes) {
    this.store = store;
    this.believes = believes;
  }

  @Override
  public Future<PutResult> put(
      StreamId scope,
      String key,
      byte[] value,
      OptionalLong expectedVersion,
      Optional<Instant> expiresAt) {
    return believes.getAsBoolean() && key.startsWith(RECEIPT)
        ? store
            .log()
            .head(new StreamId(key.substring(RECEIPT.length())))
            .map(Head::position)
            .compose(head -> store.records().put(scope, key, all(head), expectedVersion, expiresAt))
        : store.records().put(scope, key, value, expectedVersion, expiresAt);
  }

  private static byte[] all(Position head) {
    return new JsonObject().put("epoch", head.epoch()).put("seq", head.seq()).toBuffer().getBytes();
  }

  @Override
  public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
    return store.records().get(scope, key);
  }

  @Override
  public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
    return store.records().scan(scope, prefix, after, limit);
  }

  @Override
  public Future<Void> remove(StreamId scope, String key) {
    return store.records().remove(scope, key);
  }
}
