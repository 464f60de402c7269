package dev.parley.store.embedded;

import dev.parley.store.Reply;
import dev.parley.store.StoreMeters;
import dev.parley.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes whatever waits, performs it in one transaction, commits,
/// and only then answers; meanwhile the next batch gathers. No timer is involved.
///
/// ```
/// take → perform each → commit → answer → take …
///          │              └ failed: all unavailable, whether stored is unknown
///          └ failed: undone; by its own fault → each once more, alone;
///                    by the disk's           → all unavailable
/// ```
///
/// After a failure the connection is closed, which undoes whatever was open; the next batch opens
/// another. A damaged file is not written any more.
final class Writer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private static final long MAX_BATCH_BYTES = 8L << 20;

  private final BoundedQueue<Write<?>> queue;
  private final Database database;
  private final RecentEvents recent;
  private final Checkpoints checkpoints;
  private final StoreMeters meters;
  private final EmbeddedOptions options;
  private final long life;
  private @Nullable Ledger ledger;
  private volatile State state = State.WRITING;

  /// @param life names this opening of the store
  Writer(
      BoundedQueue<Write<?>> queue,
      Database database,
      RecentEvents recent,
      Checkpoints checkpoints,
      StoreMeters meters,
      EmbeddedOptions options,
      long life) {
    this.queue = queue;
    this.database = database;
    this.recent = recent;
    this.checkpoints = checkpoints;
    this.meters = meters;
    this.options = options;
    this.life = life;
  }

  private enum State {
    WRITING,
    FAILING,
    DAMAGED
  }

  boolean isAvailable() {
    return state == State.WRITING;
  }

  @Override
  public void run() {
    List<Write<?>> batch = next();
    while (!batch.isEmpty()) {
      write(batch);
      emptyLogIfDue();
      eraseIfDue();
      batch = next();
    }
    disconnect();
  }

  private List<Write<?>> next() {
    return queue.take(options.maxBatch(), MAX_BATCH_BYTES);
  }

  private void write(List<Write<?>> batch) {
    if (state == State.DAMAGED) {
      fail(batch, new StoreUnavailableException("the store is damaged"));
      return;
    }
    long start = System.nanoTime();
    try {
      Ledger open = connected();
      open.begin();
      for (Write<?> write : batch) {
        write.perform(open);
      }
    } catch (Throwable failure) {
      onNotPerformed(batch, failure);
      return;
    }
    commit(batch, start);
  }

  private void commit(List<Write<?>> batch, long start) {
    try {
      connected().commit();
    } catch (Throwable failure) {
      onUnavailable(batch, failure);
      return;
    }
    onCommitted(batch, Duration.ofNanos(System.nanoTime() - start));
  }

  private void onCommitted(List<Write<?>> batch, Duration took) {
    if (state == State.FAILING) {
      LOG.info("The store can write again");
    }
    state = State.WRITING;
    long bytes = batch.stream().mapToLong(Write::bytes).sum();
    meters.onCommitted(batch.size(), bytes, took);
    batch.forEach(write -> meters.onAcknowledged(write.age()));
    answer(batch);
    checkpoints.onCommitted(batch.size(), bytes);
  }

  private void onNotPerformed(List<Write<?>> batch, Throwable failure) {
    if (Fault.of(failure) != Fault.OWN) {
      onUnavailable(batch, failure);
      return;
    }
    disconnect();
    if (batch.size() > 1) {
      batch.forEach(write -> write(List.of(write)));
      return;
    }
    LOG.atError().setCause(failure).log("A write failed by its own fault");
    fail(batch, failure);
  }

  private void onUnavailable(List<Write<?>> batch, Throwable failure) {
    disconnect();
    boolean damaged = Fault.of(failure) == Fault.DAMAGED;
    if (damaged) {
      String line = Inspection.damaged(database, String.valueOf(failure.getMessage()));
      LOG.atError().addKeyValue("error", failure).log(line);
    } else if (state == State.WRITING) {
      LOG.atWarn().addKeyValue("error", failure).log("The store cannot write");
    }
    state = damaged ? State.DAMAGED : State.FAILING;
    fail(batch, new StoreUnavailableException("the store cannot write", failure));
  }

  private void fail(List<Write<?>> batch, Throwable failure) {
    meters.onFailed(batch.size());
    batch.forEach(write -> write.reply().fail(failure));
    answer(batch);
  }

  private static void answer(List<Write<?>> batch) {
    Reply.tell(batch.stream().map(Write::reply).toList());
  }

  private void emptyLogIfDue() {
    if (checkpoints.areDue() && ledger != null) {
      checkpoints.perform(ledger);
    }
  }

  private void eraseIfDue() {
    if (ledger == null) {
      return;
    }
    try {
      ledger.erase();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("error", e).log("The writer could not cut the log");
    }
  }

  private Ledger connected() throws SQLException {
    if (ledger == null) {
      ledger = new Ledger(database.statementsOfWriter(), recent, life, options);
    }
    return ledger;
  }

  private void disconnect() {
    if (ledger == null) {
      return;
    }
    try {
      ledger.close();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("error", e).log("The writer's connection did not close");
    }
    ledger = null;
  }
}
