package dev.parley.store.embedded;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves commits from the write-ahead log into the file: by the writer itself, between two batches,
/// often enough that the wait is short, and not more often, since a page that changes again and
/// again is moved once then. So the log stays short and is written in place, and a commit never
/// waits for the file's sync beside it, which on a common disk holds it up ten times as long.
/// Belongs to the writer's thread; anybody may ask how long the log was.
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final long BYTES_BETWEEN = 8L << 20;

  /// A guess, good enough to be neither idle nor always at it.
  private static final int PAGES_A_WRITE = 2;

  private long bytesSince;
  private volatile long walBytes;

  void onCommitted(int writes, long bytes) {
    bytesSince += (long) writes * PAGES_A_WRITE * Database.PAGE_BYTES + bytes;
  }

  boolean areDue() {
    return bytesSince >= BYTES_BETWEEN;
  }

  /// What cannot be moved now, since a reader still needs the file as it is, is moved next time.
  void perform(Ledger ledger) {
    bytesSince = 0;
    try {
      walBytes = ledger.emptyLog() * Database.PAGE_BYTES;
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("error", e).log("The log cannot be moved into the file now");
    }
  }

  /// The log's length when it was looked at last.
  long walBytes() {
    return walBytes;
  }
}
