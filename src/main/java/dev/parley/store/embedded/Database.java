package dev.parley.store.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
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
  static final int PAGE_BYTES = 2_048;

  /// What the log's file is cut back to once it was larger.
  static final long MAX_WAL_BYTES = 32L << 20;

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
    Connection connection = common(WRITER_CACHE_KIB).createConnection(url(""));
    try (var statement = connection.createStatement()) {
      // In this order: a new file's pages have the size that they have when the log is begun.
      statement.execute("PRAGMA page_size = " + PAGE_BYTES);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA journal_size_limit = " + MAX_WAL_BYTES);
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("PRAGMA secure_delete = ON");
    }
    return connection;
  }

  Statements statementsOfWriter() throws SQLException {
    return new Statements(openWriter());
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
    config.setGetGeneratedKeys(false); // else the driver asks for one after every change
    return config;
  }

  private String url(String query) {
    return "jdbc:sqlite:" + file.toUri() + query;
  }
}
