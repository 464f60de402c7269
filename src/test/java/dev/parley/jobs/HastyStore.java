package dev.parley.jobs;

import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Store;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// A store whose records expire early, whose readings can be held, and that counts them.
final class HastyStore implements Store {
  final AtomicInteger reads = new AtomicInteger();
  private final Store store;
  private final Records records;
  private volatile Duration haste = Duration.ZERO;
  private volatile Future<?> readable = Future.succeededFuture();

  HastyStore(Store store) {
    this.store = store;
    this.records = new Values(store.records());
  }

  /// What is put from now on expires so much earlier.
  void hasten(Duration by) {
    haste = by;
  }

  /// Nothing that is read from now on is known before this completes.
  void holdReads(Future<?> until) {
    readable = until;
  }

  @Override
  public EventLog log() {
    return store.log();
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public Future<Void> backup(Path target) {
    return store.backup(target);
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }

  private final class Values implements Records {
    private final Records records;

    Values(Records records) {
      this.records = records;
    }

    @Override
    public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
      reads.incrementAndGet();
      return readable.compose(_ -> records.get(scope, key));
    }

    @Override
    public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
      reads.incrementAndGet();
      return readable.compose(_ -> records.scan(scope, prefix, after, limit));
    }

    @Override
    public Future<PutResult> put(
        StreamId scope,
        String key,
        byte[] value,
        OptionalLong expectedVersion,
        Optional<Instant> expiresAt) {
      return records.put(scope, key, value, expectedVersion, expiresAt.map(at -> at.minus(haste)));
    }

    @Override
    public Future<Void> remove(StreamId scope, String key) {
      return records.remove(scope, key);
    }
  }
}
