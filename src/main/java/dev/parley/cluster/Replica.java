package dev.parley.cluster;

import dev.parley.cluster.RowsDelta.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// What this node knows of another's rows. Deltas that follow each other keep it; with one missing,
/// all rows are read again, page by page, while deltas go on.
///
/// ```
/// Stale --beginReading--> Reading --last page--> Current --a delta is missing--> Stale
/// ```
///
/// Written by one thread; anybody may read the rows.
final class Replica {
  private final ConcurrentNavigableMap<String, Row> rows = new ConcurrentSkipListMap<>();
  private final Object lock;
  private final Witness witness;
  private final Set<String> unseen = new HashSet<>();
  private State state = State.STALE;
  private String run = "";
  private String runOfRows = "";
  private long version;
  private int reading;
  private String cursor = "";

  private enum State {
    STALE,
    READING,
    CURRENT
  }

  /// @param lock held while a row changes and the witness sees it
  Replica(Object lock, Witness witness) {
    this.lock = lock;
    this.witness = witness;
  }

  /// A row as it is now.
  ///
  /// @param before empty: it is new
  /// @param value empty: it is gone
  record Changed(String key, Optional<String> before, Optional<String> value) {}

  /// Sees, while the lock is held, what becomes of a row, and also that something was told of a row
  /// that is as it was.
  interface Witness {
    /// @param before what it was; empty: there was none
    void onRow(Optional<String> before, Written row);
  }

  /// By key. While rows come and go it may be walked through.
  ConcurrentNavigableMap<String, Row> rows() {
    return rows;
  }

  /// Its node is gone: forgets some rows.
  ///
  /// @return what is gone; nothing when all is
  List<Changed> forget(int limit) {
    List<Changed> gone = new ArrayList<>();
    while (gone.size() < limit && !rows.isEmpty()) {
      remove(Written.gone(rows.firstKey(), false)).ifPresent(gone::add);
    }
    return gone;
  }

  boolean isStale() {
    return state == State.STALE;
  }

  boolean isCurrent() {
    return state == State.CURRENT;
  }

  /// Whether this reading needs another page.
  boolean isReading(int ofReading) {
    return state == State.READING && reading == ofReading;
  }

  /// Takes a delta as far as it follows. What comes late is older than what is known.
  ///
  /// @return what changed
  List<Changed> take(RowsDelta delta) {
    if (state == State.STALE) {
      return List.of();
    }
    if (run.isEmpty() && state == State.READING) {
      return List.of(); // older than the first page, or told by it
    }
    if (!delta.run().equals(run) || delta.from() > version) {
      state = State.STALE;
      return List.of();
    }
    long known = version;
    version = Math.max(version, delta.to());
    return write(delta.rows().stream().filter(row -> row.version() > known).toList());
  }

  /// Something may have been missed: all is read again.
  void doubt() {
    if (state == State.CURRENT) {
      state = State.STALE;
    }
  }

  /// Reads all rows from now on.
  ///
  /// @return names this reading
  int beginReading() {
    state = State.READING;
    reading++;
    run = "";
    cursor = "";
    unseen.clear();
    unseen.addAll(rows.keySet());
    return reading;
  }

  /// After which key the next page begins.
  String cursor() {
    return cursor;
  }

  /// Takes the next page. One of another reading changes nothing.
  List<Changed> take(int ofReading, RowsPage page) {
    if (ofReading != reading || state != State.READING) {
      return List.of();
    }
    if (run.isEmpty()) {
      onFirst(page);
    } else if (!run.equals(page.run())) {
      state = State.STALE;
      return List.of();
    }
    List<Changed> changed =
        new ArrayList<>(write(page.rows().stream().map(Written::read).toList()));
    if (!page.rows().isEmpty()) {
      cursor = page.rows().getLast().key();
    }
    if (page.last()) {
      state = State.CURRENT;
      changed.addAll(forgetUnseen());
    }
    return changed;
  }

  /// What an earlier run of the node said is older than anything this one says.
  private void onFirst(RowsPage page) {
    run = page.run();
    version = page.version();
    if (!run.equals(runOfRows)) {
      rows.replaceAll((_, row) -> new Row(-1, row.value()));
      runOfRows = run;
    }
  }

  /// A reading failed; another will begin.
  void onFailed(int ofReading) {
    if (ofReading == reading) {
      state = State.STALE;
    }
  }

  private List<Changed> forgetUnseen() {
    List<Changed> gone = new ArrayList<>();
    unseen.forEach(key -> remove(Written.gone(key, true)).ifPresent(gone::add));
    unseen.clear();
    return gone;
  }

  private List<Changed> write(List<Written> written) {
    List<Changed> changed = new ArrayList<>(written.size());
    for (Written row : written) {
      unseen.remove(row.key());
      if (isNew(row)) {
        changed.addAll(write(row));
      }
    }
    return changed;
  }

  private List<Changed> write(Written row) {
    return row.value().map(value -> put(row, value)).or(() -> remove(row)).stream().toList();
  }

  private Changed put(Written row, String value) {
    String key = row.key();
    synchronized (lock) {
      Optional<String> before =
          Optional.ofNullable(rows.put(key, new Row(row.version(), value))).map(Row::value);
      witness.onRow(before, row);
      return new Changed(key, before, Optional.of(value));
    }
  }

  private Optional<Changed> remove(Written row) {
    String key = row.key();
    synchronized (lock) {
      Optional<String> before = Optional.ofNullable(rows.remove(key)).map(Row::value);
      witness.onRow(before, row);
      return before.map(value -> new Changed(key, Optional.of(value), Optional.empty()));
    }
  }

  private boolean isNew(Written row) {
    Row known = rows.get(row.key());
    return known == null || known.version() < row.version();
  }
}
