package dev.parley.store.embedded;

import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Reply;
import dev.parley.store.Store;
import dev.parley.store.StoreMeters;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store of one node: streams and records in one SQLite file, in a directory that belongs to
/// this process alone as long as it is open.
///
/// An opening of the file is a life of the store (`streams.md`): an append to a stream last written
/// in another life opens a new stretch of it.
public final class EmbeddedStore implements Store, StoreGauges {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Database database;
  private final DirectoryLock lock;
  private final BoundedQueue<Write<?>> queue;
  private final Writes writes;
  private final Writer writer;
  private final Readers readers;
  private final Checkpoints checkpoints = new Checkpoints();
  private final Thread writerThread;
  private final EventLog log;
  private final Records records;
  private final long sweepTimer;
  private final Semaphore backups = new Semaphore(1);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Promise<Void> closed = Promise.promise();

  /// @param recent what the file has of it
  /// @param lock on the directory; let go at the end
  EmbeddedStore(
      Vertx vertx,
      Database database,
      RecentEvents recent,
      DirectoryLock lock,
      EmbeddedOptions options,
      StoreMeters meters) {
    this.vertx = vertx;
    this.database = database;
    this.lock = lock;
    this.queue = new BoundedQueue<>(options.maxQueuedWrites(), options.maxQueuedBytes());
    this.writes = new Writes(vertx, queue, meters);
    this.writer = new Writer(queue, database, recent, checkpoints, meters, options, freshLife());
    this.readers = new Readers(vertx, database, recent, options);
    this.writerThread = Threads.daemon("writer", writer);
    this.log = new EmbeddedLog(writes, readers);
    this.records = new EmbeddedRecords(writes, readers, options.clock());
    this.sweepTimer = vertx.setPeriodic(SWEEP_PERIOD.toMillis(), _ -> onSweepTimer());
  }

  /// Opens the store of a directory, or says why not.
  public static Future<OpenResult> open(Vertx vertx, EmbeddedOptions options, StoreMeters meters) {
    var database = new Database(options.directory());
    return open(vertx, database, options, meters);
  }

  static Future<OpenResult> open(
      Vertx vertx, Database database, EmbeddedOptions options, StoreMeters meters) {
    var opening = new Opening(vertx, database, options, meters);
    return vertx.executeBlocking(opening::attempt, false);
  }

  void start() {
    writerThread.start();
    readers.start();
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public Records records() {
    return records;
  }

  /// One at a time; a second one fails as unavailable. Fails with
  /// [java.nio.file.FileAlreadyExistsException] if the target exists.
  @Override
  public Future<Void> backup(Path target) {
    if (closing.get() || !backups.tryAcquire()) {
      return Future.failedFuture(new StoreUnavailableException("closed, or making a copy already"));
    }
    var reply = new Reply<Long>(vertx.getOrCreateContext());
    Threads.daemon("backup", () -> copy(target, reply)).start();
    return reply.future().mapEmpty();
  }

  @Override
  public Future<Void> close() {
    if (closing.compareAndSet(false, true)) {
      vertx.cancelTimer(sweepTimer);
      vertx.<Void>executeBlocking(this::end, false).onComplete(closed);
    }
    return closed.future();
  }

  @Override
  public int queuedWrites() {
    return queue.size();
  }

  @Override
  public long queuedBytes() {
    return queue.bytes();
  }

  @Override
  public int queuedReads() {
    return readers.size();
  }

  @Override
  public long walBytes() {
    return checkpoints.walBytes();
  }

  @Override
  public boolean isAvailable() {
    return writer.isAvailable();
  }

  /// Does the house-keeping there is to do, and while the store is failing tries whether it still
  /// is.
  Future<Void> sweep() {
    return writes.write(0, this::sweep).compose(more -> more ? sweep() : Future.succeededFuture());
  }

  private boolean sweep(Ledger ledger) throws SQLException {
    if (!writer.isAvailable()) {
      ledger.probe();
    }
    return ledger.sweep();
  }

  private void onSweepTimer() {
    sweep().onFailure(e -> LOG.atDebug().addKeyValue("error", e).log("The store was not swept"));
  }

  private void copy(Path target, Reply<Long> reply) {
    try {
      reply.succeed(Backup.copy(database, target));
    } catch (IOException e) {
      reply.fail(e);
    } catch (SQLException e) {
      reply.fail(new StoreUnavailableException("no copy was made", e));
    } finally {
      backups.release();
      Reply.tell(List.of(reply));
    }
  }

  private Void end() throws InterruptedException, IOException {
    queue.close();
    writerThread.join();
    readers.close();
    backups.acquire();
    moveLog();
    lock.close();
    return null;
  }

  /// The last connection to close moves the log into the file, if it may write.
  private void moveLog() {
    try {
      database.openWriter().close();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("error", e).log("The log stays beside the file");
    }
  }

  /// Not 0, which no stream was ever written under.
  private static long freshLife() {
    return new SecureRandom().nextLong() | 1;
  }
}
