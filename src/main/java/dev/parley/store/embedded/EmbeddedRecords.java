package dev.parley.store.embedded;

import dev.parley.protocol.StreamId;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Records;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The records. A scope's name is kept once, like a stream's.
final class EmbeddedRecords implements Records {
  private final Writes writes;
  private final Readers readers;
  private final InstantSource clock;

  EmbeddedRecords(Writes writes, Readers readers, InstantSource clock) {
    this.writes = writes;
    this.readers = readers;
    this.clock = clock;
  }

  @Override
  public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
    return readers.read(views -> views.records().find(scope, key, clock.instant()));
  }

  @Override
  public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
    EmbeddedLog.ensureLimit(limit);
    return readers.read(
        views -> views.records().scan(scope, prefix, after, limit, clock.instant()));
  }

  @Override
  public Future<PutResult> put(
      StreamId scope,
      String key,
      byte[] value,
      OptionalLong expectedVersion,
      Optional<Instant> expiresAt) {
    var put = new RecordPut(key, value, expectedVersion);
    return writes.write(
        (long) value.length + key.length(), ledger -> ledger.put(scope, put, expiresAt));
  }

  @Override
  public Future<Void> remove(StreamId scope, String key) {
    return writes.write(key.length(), ledger -> ledger.remove(scope, key)).mapEmpty();
  }
}
