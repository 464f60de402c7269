package dev.parley.store.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Looks at a store's file before it is used: is it there, is it ours, is its structure whole? Each
/// finding is a line for the operator. Only while no connection to the file is open in this
/// process: closing a file that SQLite has open would end SQLite's locks.
final class Inspection {
  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
  private static final int HEADER_BYTES = 100;

  /// Where the header says whether commits go through a write-ahead log (2) or not (1).
  private static final int JOURNAL_BYTE = 18;

  private static final int WITHOUT_WAL = 1;
  private static final int INSTRUCTIONS_PER_LOOK = 1_000;

  private final Database database;

  Inspection(Database database) {
    this.database = database;
  }

  /// What keeps the store from being opened.
  Optional<String> finding(Duration checkLimit) throws IOException {
    byte[] header = header();
    boolean hasWal = sizeOf(database.wal()) > 0;
    if (header.length == 0) {
      return hasWal ? Optional.of(missing()) : Optional.empty();
    }
    if (!startsWithMagic(header)) {
      return Optional.of(damaged(database, "it is no SQLite file"));
    }
    if (header[JOURNAL_BYTE] == WITHOUT_WAL && hasWal) {
      return Optional.of(strangeWal());
    }
    return findingInside(checkLimit);
  }

  /// The line for a file that is found broken.
  static String damaged(Database database, String what) {
    return "The store %s is damaged (%s); to restore it, move parley.db, parley.db-wal and parley.db-shm away, put a copy made by `parley backup` there as parley.db, and start again"
        .formatted(database.file(), what.lines().findFirst().orElse("").strip());
  }

  private String missing() {
    return "The store %s is missing or empty, but its log parley.db-wal is there; put the file back, or move the log away to start with an empty store"
        .formatted(database.file());
  }

  private String strangeWal() {
    return "The store %s is a copy, but beside it is the log parley.db-wal of another; move parley.db-wal and parley.db-shm away and start again"
        .formatted(database.file());
  }

  private Optional<String> findingInside(Duration limit) {
    try (Connection connection = database.openReader()) {
      if (!Schema.isOurs(connection)) {
        return Optional.of(database.file() + " is not a store of Parley");
      }
      int version = Schema.versionOf(connection);
      if (version > Schema.newest()) {
        return Optional.of(newer(version));
      }
      return quickCheck(connection, limit).map(what -> damaged(database, what));
    } catch (SQLException e) {
      return Optional.of(explain(e));
    }
  }

  private String newer(int version) {
    return "The store %s is of a newer Parley (schema %d; this one knows %d)"
        .formatted(database.file(), version, Schema.newest());
  }

  /// The line for a failure at opening.
  String explain(SQLException e) {
    String what = String.valueOf(e.getMessage());
    return Fault.of(e) == Fault.DAMAGED
        ? damaged(database, what)
        : "The store %s cannot be opened (%s)".formatted(database.file(), what.strip());
  }

  /// The first broken page or index, if one is found in time.
  private Optional<String> quickCheck(Connection connection, Duration limit) throws SQLException {
    long start = System.nanoTime();
    ProgressHandler.setHandler(connection, INSTRUCTIONS_PER_LOOK, stopAfter(start, limit));
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String first = result.next() ? result.getString(1) : "no answer";
      return first.equals("ok") ? Optional.empty() : Optional.of(first);
    } catch (SQLiteException e) {
      if (e.getResultCode() != SQLiteErrorCode.SQLITE_INTERRUPT) {
        throw e;
      }
      LOG.atInfo().addKeyValue("limit", limit).log("The store was checked only in part");
      return Optional.empty();
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private static ProgressHandler stopAfter(long start, Duration limit) {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        return System.nanoTime() - start > limit.toNanos() ? 1 : 0;
      }
    };
  }

  /// Empty if there is no file, or nothing in it.
  private byte[] header() throws IOException {
    if (sizeOf(database.file()) == 0) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(database.file())) {
      return in.readNBytes(HEADER_BYTES);
    }
  }

  private static boolean startsWithMagic(byte[] header) {
    return header.length == HEADER_BYTES
        && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static long sizeOf(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }
}
