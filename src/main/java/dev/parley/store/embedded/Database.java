package dev.parley.store.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/// The file of a store, and every way to connect to it.
class Database {
  private static final String FILE = "parley.db";
  static final Duration BUSY = Duration.ofSeconds(5);
  private static final int WRITER_CACHE_KIB = 64 << 10;
  private static final int READER_CACHE_KIB = 8 << 10;

  /// Small, since a commit writes whole pages to the log, and most rows of a batch change a page
  /// each: those of many rooms lie apart.
  static final int PAGE_BYTES = 1_024;

  /// What the log's file is cut back to once it was larger.
  static final long MAX_WAL_BYTES = 128L << 20;

  private final Path file;

  Database(Path directory) {
    this.file = directory.resolve(FILE);
  }

  Path file() {
    return file;
  }

  /// The write-ahead log: commits that are not in the file yet.
  Path wal() {
    return file.resolveSibling(FILE + "-wal");
  }

  /// For the one thread that writes. A commit returns when the log is synced; what is replaced or
  /// removed is overwritten.
  Connection openWriter() throws SQLException {
    SQLiteConfig config = common(WRITER_CACHE_KIB);
    config.setJournalMode(JournalMode.WAL);
    config.setPragma(Pragma.JOURNAL_SIZE_LIMIT, Long.toString(MAX_WAL_BYTES));
    config.setPragma(Pragma.SECURE_DELETE, "on");
    Connection connection = config.createConnection(url(""));
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
    }
    return connection;
  }

  Statements statementsOfWriter() throws SQLException {
    return new Statements(openWriter());
  }

  /// For the checkpoints beside the writer.
  Connection openCheckpointer() throws SQLException {
    return common(READER_CACHE_KIB).createConnection(url(""));
  }

  /// For reading; leaves the file as it is. Each statement sees all that was committed when it
  /// began.
  Connection openReader() throws SQLException {
    return common(READER_CACHE_KIB).createConnection(url("?mode=ro"));
  }

  private static SQLiteConfig common(int cacheKib) {
    var config = new SQLiteConfig();
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) BUSY.toMillis());
    config.setTempStore(TempStore.MEMORY);
    config.setCacheSize(-cacheKib);
    config.setPageSize(PAGE_BYTES);
    config.setGetGeneratedKeys(false); // else the driver asks for one after every change
    return config;
  }

  private String url(String query) {
    return "jdbc:sqlite:" + file.toUri() + query;
  }
}
