package dev.parley.crash;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Store;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A planted bug: appends are acknowledged at once and stored a moment later, as if nobody could be
/// killed between.
public final class HastyStore implements Store {
  private static final long DELAY_MILLIS = 25;

  private final Store store;

  public HastyStore(Store store) {
    this.store = store;
  }

  @Override
  public EventLog log() {
    return new HastyLog(store.log());
  }

  @Override
  public Records records() {
    return store.records();
  }

  @Override
  public Future<Void> backup(Path target) {
    return store.backup(target);
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }

  private record HastyLog(EventLog log, Map<StreamId, Stamp> last) implements EventLog {
    HastyLog(EventLog log) {
      this(log, new ConcurrentHashMap<>());
    }

    @Override
    public Future<AppendResult> append(Append append) {
      Stamp known = last.get(append.stream());
      if (known == null || append.events().size() > 1 || !append.events().getFirst().counted()) {
        return log.append(append).onSuccess(result -> learn(append.stream(), result));
      }
      Position position = new Position(known.position().epoch(), known.seq() + 1);
      Stamp next = new Stamp(position, known.position().epoch(), known.number() + 1);
      last.put(append.stream(), next);
      Vertx.currentContext().owner().setTimer(DELAY_MILLIS, _ -> log.append(append));
      return Future.succeededFuture(new Appended(List.of(next), false));
    }

    private void learn(StreamId stream, AppendResult result) {
      if (result instanceof Appended appended) {
        last.put(stream, appended.last());
      }
    }

    @Override
    public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
      return log.read(stream, after, limit);
    }

    @Override
    public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
      return log.readCountedBefore(stream, before, limit);
    }

    @Override
    public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
      return log.readCountedAfter(stream, after, limit);
    }

    @Override
    public Future<Check> check(StreamId stream, Position position) {
      return log.check(stream, position);
    }

    @Override
    public Future<Long> bytesAfter(StreamId stream, long after) {
      return log.bytesAfter(stream, after);
    }

    @Override
    public Future<Head> head(StreamId stream) {
      return log.head(stream);
    }

    @Override
    public int partitions() {
      return log.partitions();
    }

    @Override
    public Future<Changes> changes(int partition, long cursor, int limit) {
      return log.changes(partition, cursor, limit);
    }

    @Override
    public Future<Long> changesHead(int partition) {
      return log.changesHead(partition);
    }

    @Override
    public Future<Void> trim(StreamId stream, long upTo) {
      return log.trim(stream, upTo);
    }
  }
}
