package dev.parley.kit;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.List;

/// Passes every call on to another log; to be changed in one point.
public abstract class PassingLog implements EventLog {
  /// The other log, as of now.
  protected abstract EventLog log();

  @Override
  public Future<AppendResult> append(Append append) {
    return log().append(append);
  }

  @Override
  public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
    return log().read(stream, after, limit);
  }

  @Override
  public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
    return log().readCountedBefore(stream, before, limit);
  }

  @Override
  public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
    return log().readCountedAfter(stream, after, limit);
  }

  @Override
  public Future<Check> check(StreamId stream, Position position) {
    return log().check(stream, position);
  }

  @Override
  public Future<Long> bytesAfter(StreamId stream, long after) {
    return log().bytesAfter(stream, after);
  }

  @Override
  public Future<Head> head(StreamId stream) {
    return log().head(stream);
  }

  @Override
  public int partitions() {
    return log().partitions();
  }

  @Override
  public Future<Changes> changes(int partition, long cursor, int limit) {
    return log().changes(partition, cursor, limit);
  }

  @Override
  public Future<Long> changesHead(int partition) {
    return log().changesHead(partition);
  }

  @Override
  public Future<Void> trim(StreamId stream, long upTo) {
    return log().trim(stream, upTo);
  }

  @Override
  public void onNewLife(Runnable reaction) {
    log().onNewLife(reaction);
  }
}
