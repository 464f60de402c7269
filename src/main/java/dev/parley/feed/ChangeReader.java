package dev.parley.feed;

import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.PartitionRound;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store regularly what was appended, and tells the [Hub]: the bus may have lost the last
/// event of a room, which leaves no gap to notice. Each partition is asked once a period. Belongs
/// to one context.
public final class ChangeReader {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final EventLog log;
  private final Hub hub;
  private final PartitionRound round;
  private final long[] cursors;
  private final Context context;
  private boolean reading;
  private boolean truncated;
  private volatile boolean stopped;

  public ChangeReader(Vertx vertx, EventLog log, Hub hub, Duration period) {
    this.vertx = vertx;
    this.log = log;
    this.hub = hub;
    this.cursors = new long[log.partitions()];
    this.round = new PartitionRound(cursors.length, period);
    this.context = vertx.getOrCreateContext();
  }

  /// Begins behind everything appended until now.
  public Future<Void> start() {
    log.onNewLife(hub::recheckAll);
    return Future.all(all().mapToObj(this::findStart).toList())
        .<Void>mapEmpty()
        .onSuccess(
            _ -> context.runOnContext(_ -> vertx.setPeriodic(round.stepMillis(), this::onStep)));
  }

  /// Reads all that there is, now.
  ///
  /// @return fails if the store does not answer
  public Future<Void> catchUp() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> read(all()).<Void>mapEmpty().onComplete(done));
    return done.future();
  }

  public void stop() {
    stopped = true;
  }

  private Future<Void> findStart(int partition) {
    return log.changesHead(partition).onSuccess(cursor -> cursors[partition] = cursor).mapEmpty();
  }

  private void onStep(long timer) {
    if (stopped) {
      vertx.cancelTimer(timer);
    } else if (!reading) {
      reading = true;
      read(round.next()).onComplete(_ -> reading = false);
    }
  }

  private IntStream all() {
    return IntStream.range(0, cursors.length);
  }

  private Future<?> read(IntStream partitions) {
    return Future.join(partitions.mapToObj(this::read).toList())
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
