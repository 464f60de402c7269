package dev.parley.feed;

import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Changes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store regularly what was appended, and tells the [Hub]: the bus may have lost the last
/// event of a room, which leaves no gap to notice. Belongs to one context.
public final class ChangeReader {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final EventLog log;
  private final Hub hub;
  private final Duration period;
  private final long[] cursors;
  private final Context context;
  private boolean truncated;
  private volatile boolean stopped;

  public ChangeReader(Vertx vertx, EventLog log, Hub hub, Duration period) {
    this.vertx = vertx;
    this.log = log;
    this.hub = hub;
    this.period = period;
    this.cursors = new long[log.partitions()];
    this.context = vertx.getOrCreateContext();
  }

  /// Begins behind everything appended until now.
  public Future<Void> start() {
    log.onNewLife(hub::recheckAll);
    return Future.all(IntStream.range(0, cursors.length).mapToObj(this::findStart).toList())
        .<Void>mapEmpty()
        .onSuccess(_ -> context.runOnContext(_ -> schedule()));
  }

  /// Reads all that there is, now.
  ///
  /// @return fails if the store does not answer
  public Future<Void> catchUp() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> readAll().<Void>mapEmpty().onComplete(done));
    return done.future();
  }

  public void stop() {
    stopped = true;
  }

  private Future<Void> findStart(int partition) {
    return log.changesHead(partition).onSuccess(cursor -> cursors[partition] = cursor).mapEmpty();
  }

  private void schedule() {
    if (!stopped) {
      vertx.setTimer(period.toMillis(), _ -> readAll().onComplete(_ -> schedule()));
    }
  }

  private Future<?> readAll() {
    return Future.join(IntStream.range(0, cursors.length).mapToObj(this::read).toList())
        .onComplete(_ -> recheckIfTruncated());
  }

  /// Once, however many partitions lost something.
  private void recheckIfTruncated() {
    if (truncated) {
      truncated = false;
      hub.recheckAll();
    }
  }

  private Future<Void> read(int partition) {
    return log.changes(partition, cursors[partition], PAGE)
        .onFailure(failure -> LOG.debug("the change feed cannot be read: {}", failure.getMessage()))
        .compose(changes -> onChanges(partition, changes));
  }

  private Future<Void> onChanges(int partition, Changes changes) {
    cursors[partition] = changes.cursor();
    truncated |= changes.truncated();
    changes.changes().forEach(change -> hub.hearOf(change.stream(), change.seq()));
    return changes.changes().size() < PAGE ? Future.succeededFuture() : read(partition);
  }
}
