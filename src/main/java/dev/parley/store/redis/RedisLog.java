package dev.parley.store.redis;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.AppendResult;
import dev.parley.store.AppendResult.Appended;
import dev.parley.store.AppendResult.Behind;
import dev.parley.store.AppendResult.Stale;
import dev.parley.store.EventLog;
import dev.parley.store.History;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/// The streams, in 64 partitions with a change feed each. What is long is read in parts of about 1
/// MiB, so that no answer holds Redis up.
final class RedisLog implements EventLog {
  private static final int MAX_LIMIT = 1_000;
  private static final long MAX_MISSED_BYTES = 8L << 20;
  private static final int BYTES_LOOKED_AT = 10_000;
  private static final int BYTES_STEP = 500;

  private final Links links;
  private final EventPages pages;
  private final Operations operations;
  private final Consumer<Runnable> onNewLife;

  /// @param onNewLife takes what is to be called
  RedisLog(Links links, Operations operations, Consumer<Runnable> onNewLife) {
    this.links = links;
    this.pages = new EventPages(links);
    this.operations = operations;
    this.onNewLife = onNewLife;
  }

  @Override
  public Future<AppendResult> append(Append append) {
    int partition = Partitions.of(append.stream());
    Appending appending = new Appending(append, operations.next());
    return links
        .write(
            partition,
            appending.bytes(),
            (life, fresh) -> arguments(partition, appending, life, fresh),
            Links.present(appending::result))
        .compose(result -> withMissed(append, result));
  }

  private Arguments arguments(int partition, Appending appending, String life, String fresh) {
    return appending.arguments(
        links.call(Script.APPEND, partition),
        life,
        fresh,
        links.options().keysKept(),
        links.options().redis().changesKept());
  }

  private Future<AppendResult> withMissed(Append append, AppendResult result) {
    return switch (result) {
      case Behind(var first) ->
          pages.goOn(append.stream(), first, MAX_LIMIT, MAX_MISSED_BYTES).map(Behind::new);
      case Appended _, Stale _ -> Future.succeededFuture(result);
    };
  }

  @Override
  public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
    ensureLimit(limit);
    return pages.after(stream, after, limit);
  }

  @Override
  public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
    ensureLimit(limit);
    return pages.counted(stream, "<", before, limit);
  }

  @Override
  public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
    ensureLimit(limit);
    return pages.counted(stream, ">", after, limit);
  }

  @Override
  public Future<Check> check(StreamId stream, Position position) {
    return history(stream).map(history -> history.check(position));
  }

  @Override
  public Future<Head> head(StreamId stream) {
    return history(stream).map(History::head);
  }

  @Override
  public Future<Long> bytesAfter(StreamId stream, long after) {
    return bytesAfter(stream, after, BYTES_LOOKED_AT, 0);
  }

  private Future<Long> bytesAfter(StreamId stream, long after, int events, long before) {
    int partition = Partitions.of(stream);
    Arguments arguments =
        links.call(Script.BYTES, partition).add(stream.value()).add(after).add(BYTES_STEP);
    return links
        .read(
            partition,
            arguments,
            Links.present(r -> new long[] {r.get(0).toLong(), r.get(1).toLong()}))
        .compose(
            found ->
                found[1] == 0 || events <= BYTES_STEP
                    ? Future.succeededFuture(before + found[0])
                    : bytesAfter(stream, found[1], events - BYTES_STEP, before + found[0]));
  }

  @Override
  public int partitions() {
    return Partitions.COUNT;
  }

  @Override
  public Future<Changes> changes(int partition, long cursor, int limit) {
    ensurePartition(partition);
    ensureLimit(limit);
    Cursor from = Cursor.of(cursor);
    Arguments arguments = links.call(Script.CHANGES, partition).add(from.index()).add(limit);
    return links.read(
        partition,
        arguments,
        Links.present(r -> from.changes(Replies.history(r.get(0)), Replies.changes(r.get(1)))));
  }

  @Override
  public Future<Long> changesHead(int partition) {
    ensurePartition(partition);
    Arguments arguments = links.call(Script.CHANGES, partition).add(Long.MAX_VALUE).add(1);
    return links.read(
        partition, arguments, Links.present(r -> Cursor.headOf(Replies.history(r.get(0))).value()));
  }

  @Override
  public Future<Void> trim(StreamId stream, long upTo) {
    int partition = Partitions.of(stream);
    Arguments arguments = links.call(Script.TRIM, partition).add(stream.value()).add(upTo);
    return links.write(partition, 0, arguments, Links.present(r -> r.toInteger())).mapEmpty();
  }

  @Override
  public void onNewLife(Runnable reaction) {
    onNewLife.accept(reaction);
  }

  private Future<History> history(StreamId stream) {
    int partition = Partitions.of(stream);
    Arguments arguments = links.call(Script.HISTORY, partition).add(stream.value());
    return links.read(partition, arguments, Links.present(Replies::history));
  }

  static void ensureLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a limit is 1–1,000, not " + limit);
    }
  }

  private static void ensurePartition(int partition) {
    if (partition < 0 || partition >= Partitions.COUNT) {
      throw new IllegalArgumentException("no partition " + partition);
    }
  }
}
