package dev.parley.store.embedded;

import org.sqlite.SQLiteException;

/// What a failure of SQLite means for the store.
enum Fault {
  /// The file's structure is broken. Only a copy helps.
  DAMAGED,
  /// The disk is full, failing or busy. It may work again at any time.
  UNAVAILABLE,
  /// The statement itself was at fault; others are not concerned.
  OWN;

  private static final int PRIMARY_CODE = 0xff;

  static Fault of(Throwable failure) {
    return switch (failure) {
      case SQLiteException e -> ofCode(e.getResultCode().code & PRIMARY_CODE);
      case Exception _ -> OWN;
      case Throwable _ -> UNAVAILABLE;
    };
  }

  /// By the primary result codes of SQLite (sqlite.org/rescode.html).
  private static Fault ofCode(int code) {
    return switch (code) {
      case 11, 26 -> DAMAGED; // CORRUPT, NOTADB
      case 1, 18, 19, 20, 21, 25 -> OWN; // ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE
      default -> UNAVAILABLE; // FULL, IOERR, BUSY, READONLY, CANTOPEN, NOMEM, ...
    };
  }
}
