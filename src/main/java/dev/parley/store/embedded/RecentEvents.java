package dev.parley.store.embedded;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// Where the newest events stand, in memory: those that the table of [EventPlaces] may not have
/// yet. Any thread may ask; the writer's adds and drops.
///
/// An event is known here before it is committed, and its place stays known until that is
/// committed. So a reader asks here first and looks into the tables then: whatever it was not told
/// of here has its place there, and what it was told of is there by its id, or is not committed
/// yet.
final class RecentEvents {
  private static final Run NONE = new Run(0);

  private final Map<Long, Run> runs = new HashMap<>();
  private int size;
  private long newestId;
  private long committedUpTo;
  private boolean current;

  /// The newest events of a stream, which follow each other.
  private static final class Run {
    private long firstSeq;
    private long[] cells = new long[4];
    private int size;

    Run(long firstSeq) {
      this.firstSeq = firstSeq;
    }

    void add(long cell) {
      if (size == cells.length) {
        cells = Arrays.copyOf(cells, 2 * size);
      }
      cells[size++] = cell;
    }

    int dropUpTo(long id) {
      int dropped = 0;
      while (dropped < size && Cell.id(cells[dropped]) <= id) {
        dropped++;
      }
      if (dropped > 0) {
        cells = Arrays.copyOfRange(cells, dropped, Math.max(size, dropped + 4));
        size -= dropped;
        firstSeq += dropped;
      }
      return dropped;
    }

    /// The index of the first one whose seq is at least this.
    int from(long seq) {
      return Math.clamp(seq - firstSeq, 0, size);
    }

    /// The index behind the last one whose id is at most this; few are newer.
    int end(long id) {
      int end = size;
      while (end > 0 && Cell.id(cells[end - 1]) > id) {
        end--;
      }
      return end;
    }
  }

  /// An event's id and whether it is counted, as one number.
  static final class Cell {
    private Cell() {}

    static long of(long id, boolean counted) {
      return id << 1 | (counted ? 1 : 0);
    }

    static long id(long cell) {
      return cell >>> 1;
    }

    static boolean isCounted(long cell) {
      return (cell & 1) == 1;
    }
  }

  /// What is known here of a stream, or a part of it.
  ///
  /// @param firstSeq of all that is known; what is older has its place in the table. The largest
  ///   number there is if nothing is known
  /// @param ids of the events asked for, in the order asked for
  record Found(long firstSeq, List<Long> ids) {}

  /// Some events of a stream that follow each other.
  ///
  /// @param cells for each its [Cell]
  record Part(long stream, long firstSeq, long[] cells) {}

  /// Whether it has what the tables have. It has not before it was [filled][#refill], nor after a
  /// transaction was undone.
  synchronized boolean isCurrent() {
    return current;
  }

  synchronized void expire() {
    current = false;
  }

  /// Begins anew, with what is added by `fill`.
  synchronized void refill(Filling fill) throws SQLException {
    runs.clear();
    size = 0;
    fill.fill();
    onCommitted();
    current = true;
  }

  /// Whatever was added is committed.
  synchronized void onCommitted() {
    committedUpTo = newestId;
  }

  interface Filling {
    void fill() throws SQLException;
  }

  /// @param seq follows that of the stream's event before
  synchronized void add(long stream, long seq, long id, boolean counted) {
    Run run = runs.computeIfAbsent(stream, _ -> new Run(seq));
    if (seq != run.firstSeq + run.size) {
      throw new IllegalStateException(
          "event %d of a stream follows %d".formatted(seq, run.firstSeq + run.size - 1));
    }
    run.add(Cell.of(id, counted));
    newestId = Math.max(newestId, id);
    size++;
  }

  /// The greatest id that ever came, undone or not.
  synchronized long newestId() {
    return newestId;
  }

  synchronized int size() {
    return size;
  }

  /// The streams of which something is known, the smallest first.
  synchronized long[] streams() {
    return runs.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /// At most `limit` events of a stream with ids up to `lastId`, from a seq on; none if there are
  /// none.
  synchronized Part part(long stream, long fromSeq, long lastId, int limit) {
    Run run = runs.getOrDefault(stream, NONE);
    int from = run.from(fromSeq);
    int to = from;
    while (to < run.size && to - from < limit && Cell.id(run.cells[to]) <= lastId) {
      to++;
    }
    return new Part(stream, run.firstSeq + from, Arrays.copyOfRange(run.cells, from, to));
  }

  /// Forgets what has its place in the table for good.
  synchronized void dropUpTo(long id) {
    for (Run run : runs.values()) {
      size -= run.dropUpTo(id);
    }
    runs.values().removeIf(run -> run.size == 0);
  }

  /// The id of an event, committed or not; 0 if it is not known here.
  synchronized long find(long stream, long seq) {
    Run run = runs.getOrDefault(stream, NONE);
    long index = seq - run.firstSeq;
    return index >= 0 && index < run.size ? Cell.id(run.cells[(int) index]) : 0;
  }

  /// Events after a seq, the oldest first.
  synchronized Found after(long stream, long after, int limit) {
    return ascending(stream, after, limit, _ -> true);
  }

  /// Counted events after a seq, the oldest first.
  synchronized Found countedAfter(long stream, long after, int limit) {
    return ascending(stream, after, limit, Cell::isCounted);
  }

  /// Counted events after a seq and before another, the newest first: at most `limit`, and those
  /// that may not be committed yet.
  synchronized Found countedBetween(long stream, long after, long before, int limit) {
    Run run = runs.getOrDefault(stream, NONE);
    int from = run.from(after + 1);
    int committed = run.end(committedUpTo);
    List<Long> ids = new ArrayList<>();
    int left = limit;
    for (int i = run.from(before) - 1; i >= from && left > 0; i--) {
      if (Cell.isCounted(run.cells[i])) {
        ids.add(Cell.id(run.cells[i]));
        left -= i < committed ? 1 : 0;
      }
    }
    return new Found(firstSeq(run), ids);
  }

  private Found ascending(long stream, long after, int limit, LongPredicate which) {
    Run run = runs.getOrDefault(stream, NONE);
    LongStream cells = Arrays.stream(run.cells, run.from(after + 1), run.size).filter(which);
    return new Found(firstSeq(run), cells.limit(limit).map(Cell::id).boxed().toList());
  }

  private static long firstSeq(Run run) {
    return run.size == 0 ? Long.MAX_VALUE : run.firstSeq;
  }
}
