package dev.parley.store.embedded;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that what was replaced or removed also leaves the write-ahead log, where earlier
/// versions of a page stand until they are overwritten: with the house-keeping, the log is moved
/// into the file and cut to nothing. Belongs to the writer's thread.
final class Erasure {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  /// Readers are in the log for moments only; a copy under way holds it longer, and the next
  /// house-keeping tries again.
  private static final int PATIENCE_MILLIS = 20;

  private final Statements sql;
  private boolean wanted;
  private boolean due;

  Erasure(Statements sql) {
    this.sql = sql;
  }

  /// Something was replaced or removed.
  void want() {
    wanted = true;
  }

  void onSweep() {
    due = wanted;
  }

  /// Between two transactions.
  void carryOut() throws SQLException {
    if (!due) {
      return;
    }
    due = false;
    sql.pragma("busy_timeout = " + PATIENCE_MILLIS);
    try {
      wanted = sql.pragma("wal_checkpoint(TRUNCATE)") != 0;
    } finally {
      sql.pragma("busy_timeout = " + Database.BUSY.toMillis());
    }
    LOG.atDebug().addKeyValue("again", wanted).log("The log was cut");
  }
}
