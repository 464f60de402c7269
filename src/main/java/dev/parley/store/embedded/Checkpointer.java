package dev.parley.store.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves commits from the write-ahead log into the file, on a thread and a connection of its own,
/// so that no acknowledgement waits for it.
///
/// The log starts anew only when a write begins with nothing left to move. Under constant load
/// there is always something left; then [#isWriterDue()] asks the writer to move the rest itself,
/// once, between two batches.
final class Checkpointer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

  private static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";

  /// Guesses, good enough to be neither idle nor always at it: about 16 MiB of log lie between two
  /// checkpoints, whose syncs the commits feel, and a write changes about four pages.
  private static final int PAGES_BETWEEN = (4 << 20) / Database.PAGE_BYTES;

  private static final int PAGES_A_WRITE = 4;

  private final Database database;
  private final Semaphore due = new Semaphore(0);
  private long pagesSince;
  private volatile long walBytes;
  private volatile boolean writerDue;
  private volatile boolean stopped;

  Checkpointer(Database database) {
    this.database = database;
  }

  /// Called by the writer.
  void onCommitted(int writes, long bytes) {
    pagesSince += (long) writes * PAGES_A_WRITE + bytes / Database.PAGE_BYTES;
    if (pagesSince >= PAGES_BETWEEN) {
      pagesSince = 0;
      due.release();
    }
  }

  /// Whether the log has grown so long that the writer must help; true once per need.
  boolean isWriterDue() {
    boolean now = writerDue;
    writerDue = false;
    return now;
  }

  long walBytes() {
    return walBytes;
  }

  void stop() {
    stopped = true;
    due.release();
  }

  @Override
  public void run() {
    while (!stopped) {
      try (Connection connection = database.openCheckpointer()) {
        checkpointUntilStopped(connection);
      } catch (SQLException e) {
        LOG.atWarn().addKeyValue("error", e).log("The store's log cannot be moved into its file");
        awaitDue();
      }
    }
  }

  private void checkpointUntilStopped(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      awaitDue();
      while (!stopped) {
        walBytes = checkpoint(statement);
        writerDue = walBytes > Database.MAX_WAL_BYTES;
        awaitDue();
      }
    }
  }

  private void awaitDue() {
    due.acquireUninterruptibly();
    due.drainPermits();
  }

  /// @return the log's length
  private static long checkpoint(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(CHECKPOINT)) {
      return result.next() ? result.getLong(2) * Database.PAGE_BYTES : 0;
    }
  }

  /// The same, done by the writer.
  static void checkpoint(Statements sql) throws SQLException {
    long frames = sql.first(CHECKPOINT, row -> row.getLong(2)).orElse(0L);
    LOG.atDebug().addKeyValue("frames", frames).log("The writer emptied the log");
  }
}
