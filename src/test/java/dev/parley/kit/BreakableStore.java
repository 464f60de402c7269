package dev.parley.kit;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Store;
import dev.parley.store.StoreUnavailableException;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store that can be made unavailable.
public final class BreakableStore implements Store {
  private final Store store;
  private final EventLog log;
  private final Records records;
  private volatile boolean broken;
  private volatile Future<?> headsFrom = Future.succeededFuture();
  private final AtomicInteger headsHeld = new AtomicInteger();

  public BreakableStore(Store store) {
    this.store = store;
    this.log = new Log(store.log());
    this.records = new Values(store.records());
  }

  /// Whether every call fails as unavailable.
  public void setBroken(boolean broken) {
    this.broken = broken;
  }

  /// Lets nobody know where a stream stands before this completes.
  public void holdHeads(Future<?> until) {
    headsFrom = until;
  }

  /// How often it was asked where a stream stands while nobody was to know.
  public int headsHeld() {
    return headsHeld.get();
  }

  private Future<?> headsKnown() {
    Future<?> from = headsFrom;
    if (!from.isComplete()) {
      headsHeld.incrementAndGet();
    }
    return from;
  }

  @Override
  public EventLog log() {
    return log;
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

  private <T> Future<T> unlessBroken(Supplier<Future<T>> call) {
    return broken
        ? Future.failedFuture(new StoreUnavailableException("broken on purpose"))
        : call.get();
  }

  private final class Log implements EventLog {
    private final EventLog log;

    Log(EventLog log) {
      this.log = log;
    }

    @Override
    public Future<AppendResult> append(Append append) {
      return unlessBroken(() -> log.append(append));
    }

    @Override
    public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
      return unlessBroken(() -> log.read(stream, after, limit));
    }

    @Override
    public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
      return unlessBroken(() -> log.readCountedBefore(stream, before, limit));
    }

    @Override
    public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
      return unlessBroken(() -> log.readCountedAfter(stream, after, limit));
    }

    @Override
    public Future<Check> check(StreamId stream, Position position) {
      return unlessBroken(() -> log.check(stream, position));
    }

    @Override
    public Future<Long> bytesAfter(StreamId stream, long after) {
      return unlessBroken(() -> log.bytesAfter(stream, after));
    }

    @Override
    public Future<Head> head(StreamId stream) {
      return unlessBroken(() -> headsKnown().compose(_ -> log.head(stream)));
    }

    @Override
    public int partitions() {
      return log.partitions();
    }

    @Override
    public Future<Changes> changes(int partition, long cursor, int limit) {
      return unlessBroken(() -> log.changes(partition, cursor, limit));
    }

    @Override
    public Future<Long> changesHead(int partition) {
      return unlessBroken(() -> log.changesHead(partition));
    }

    @Override
    public Future<Void> trim(StreamId stream, long upTo) {
      return unlessBroken(() -> log.trim(stream, upTo));
    }

    @Override
    public void onNewLife(Runnable reaction) {
      log.onNewLife(reaction);
    }
  }

  private final class Values implements Records {
    private final Records records;

    Values(Records records) {
      this.records = records;
    }

    @Override
    public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
      return unlessBroken(() -> records.get(scope, key));
    }

    @Override
    public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
      return unlessBroken(() -> records.scan(scope, prefix, after, limit));
    }

    @Override
    public Future<PutResult> put(
        StreamId scope,
        String key,
        byte[] value,
        OptionalLong expectedVersion,
        Optional<Instant> expiresAt) {
      return unlessBroken(() -> records.put(scope, key, value, expectedVersion, expiresAt));
    }

    @Override
    public Future<Void> remove(StreamId scope, String key) {
      return unlessBroken(() -> records.remove(scope, key));
    }
  }
}
