package dev.parley.store.embedded;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The streams. One writer keeps their order, so there is one change feed.
final class EmbeddedLog implements EventLog {
  private static final int MAX_LIMIT = 1_000;

  /// What was missed is read in parts, until it is enough in number or bytes.
  private static final int MISSED_PAGE = 50;

  private static final long MAX_MISSED_BYTES = 8L << 20;

  private final Writes writes;
  private final Readers readers;

  EmbeddedLog(Writes writes, Readers readers) {
    this.writes = writes;
    this.readers = readers;
  }

  @Override
  public Future<AppendResult> append(Append append) {
    return writes
        .write(bytesOf(append), ledger -> ledger.append(append))
        .compose(result -> withMissed(append, result));
  }

  private Future<AppendResult> withMissed(Append append, AppendResult result) {
    return switch (result) {
      case Behind _ -> readers.read(views -> missed(views.events(), append));
      case Appended _, Stale _ -> Future.succeededFuture(result);
    };
  }

  private static Behind missed(EventPages events, Append append) throws SQLException {
    var missed = new ArrayList<StoredEvent>();
    long after = append.expectedSeq().orElseThrow();
    long bytes = 0;
    List<StoredEvent> page = events.after(append.stream(), after, MISSED_PAGE);
    while (!page.isEmpty() && missed.size() < MAX_LIMIT && bytes < MAX_MISSED_BYTES) {
      missed.addAll(page);
      bytes += page.stream().mapToLong(event -> event.payload().length).sum();
      page = events.after(append.stream(), page.getLast().seq(), MISSED_PAGE);
    }
    return new Behind(missed);
  }

  @Override
  public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
    ensureLimit(limit);
    return readers.read(views -> views.events().after(stream, after, limit));
  }

  @Override
  public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
    ensureLimit(limit);
    return readers.read(views -> views.events().countedBefore(stream, before, limit));
  }

  @Override
  public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
    ensureLimit(limit);
    return readers.read(views -> views.events().countedAfter(stream, after, limit));
  }

  @Override
  public Future<Long> bytesAfter(StreamId stream, long after) {
    return readers.read(views -> views.events().bytesAfter(stream, after));
  }

  @Override
  public Future<Check> check(StreamId stream, Position position) {
    return readers.read(views -> views.history(stream).check(position));
  }

  @Override
  public Future<Head> head(StreamId stream) {
    return readers.read(views -> views.history(stream).head());
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public Future<Changes> changes(int partition, long cursor, int limit) {
    ensurePartition(partition);
    ensureLimit(limit);
    return readers.read(views -> views.events().changesAfter(cursor, limit));
  }

  @Override
  public Future<Long> changesHead(int partition) {
    ensurePartition(partition);
    return readers.read(views -> views.events().newestId());
  }

  @Override
  public Future<Void> trim(StreamId stream, long upTo) {
    return writes.write(0, ledger -> ledger.trim(stream, upTo)).mapEmpty();
  }

  private static long bytesOf(Append append) {
    return append.events().stream().mapToLong(event -> event.payload().length).sum()
        + append.puts().stream().mapToLong(put -> put.value().length + put.key().length()).sum()
        + append.revisions().stream().mapToLong(revision -> revision.payload().length).sum();
  }

  static void ensureLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a limit is 1–1,000, not " + limit);
    }
  }

  private static void ensurePartition(int partition) {
    if (partition != 0) {
      throw new IllegalArgumentException("no partition " + partition);
    }
  }
}
