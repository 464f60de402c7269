package dev.parley.store.embedded;

import static java.util.stream.Collectors.joining;

import dev.parley.store.embedded.RecentEvents.Cell;
import dev.parley.store.embedded.RecentEvents.Part;
import java.sql.SQLException;
import java.util.Arrays;

/// Where the events of each stream stand. Events come as they come, those of many streams among
/// each other; their places are in the order of streams. Put there at once, each would change a
/// page of its own with every commit. So the newest places are in memory only ([RecentEvents]), and
/// settle later together with their neighbours, some at a time. What was not settled when the store
/// was closed is read from the events themselves, at most twice [#RECENT].
///
/// ```
/// add → filling ──seal (all of them)──→ sealed ──settle (in order)──→ table, and forgotten when all are
/// ```
///
/// Belongs to the writer's thread.
final class EventPlaces {
  private static final String UNPLACED =
      "SELECT id, stream, seq, counted & 1 FROM event WHERE id > ? ORDER BY id";
  private static final String NEWEST_ID = "SELECT max(id) FROM event";

  /// One statement for all events that follow each other: the numbers are a list of [Cell]s.
  private static final String PLACE =
      """
      INSERT OR IGNORE INTO place(stream, seq, counted, event)
      SELECT ?1, ?2 + key, value & 1, value >> 1 FROM json_each(?3)\
      """;

  private static final String FIND = "SELECT event FROM place WHERE stream = ? AND seq = ?";

  /// Up to this id every event has its place in the table.
  private static final String PLACED = "placed";

  /// What a store uses: 200 KiB of memory, or up to 4 MiB if each is of another stream.
  static final int RECENT = 16_384;

  private final Statements sql;
  private final Notes notes;
  private final RecentEvents recent;
  private final int recentAtMost;
  private final Pace pace = new Pace();

  /// The newest event when it was sealed last.
  private long sealedUpTo;

  /// Whose events are settled up to there, in this order.
  private long[] sealed = {};

  /// How many of them are done, and where to go on in the next.
  private int streamsDone;

  private long nextSeq;
  private long newestId;
  private boolean settled;

  /// @param recentAtMost so many come together before they are settled
  EventPlaces(Statements sql, Notes notes, RecentEvents recent, int recentAtMost)
      throws SQLException {
    this.sql = sql;
    this.notes = notes;
    this.recent = recent;
    this.recentAtMost = recentAtMost;
    this.newestId = Math.max(sql.number(NEWEST_ID), recent.newestId());
    if (!recent.isCurrent()) {
      fill(sql, notes, recent);
    }
  }

  /// Reads what an earlier connection left without a place.
  static void fill(Statements sql, Notes notes, RecentEvents recent) throws SQLException {
    long placed = notes.read(PLACED);
    recent.refill(
        () ->
            sql.each(
                UNPLACED,
                row ->
                    recent.add(row.getLong(2), row.getLong(3), row.getLong(1), row.getBoolean(4)),
                placed));
  }

  /// Gives the next event its id, which is greater than all before, also than that of an event
  /// which was undone: somebody may be about to look for it.
  long add(long stream, long seq, boolean counted) {
    long id = ++newestId;
    recent.add(stream, seq, id, counted);
    pace.onAdded();
    return id;
  }

  /// The id of an event; 0 if there is none.
  long find(long stream, long seq) throws SQLException {
    long id = recent.find(stream, seq);
    return id == 0 ? sql.number(FIND, stream, seq) : id;
  }

  /// Whether the table has all events of a stream up to a seq.
  boolean hasAll(long stream, long upTo) {
    return recent.after(stream, 0, 1).firstSeq() > upTo;
  }

  /// Before the commit: settles some, as many as go with those that came since.
  void settle() throws SQLException {
    int lump = pace.take();
    if (lump == 0) {
      return;
    }
    settle(lump);
    if (maySeal() && recent.size() >= recentAtMost) {
      seal();
    }
  }

  /// Takes a step towards that all that is here now is settled.
  void hurry() throws SQLException {
    if (maySeal()) {
      seal();
    }
    settle(Pace.STEP);
  }

  /// After the commit: forgets what is settled.
  void onCommitted() {
    recent.onCommitted();
    if (settled) {
      settled = false;
      recent.dropUpTo(sealedUpTo);
    }
  }

  private boolean maySeal() {
    return streamsDone == sealed.length && !settled;
  }

  private void seal() {
    sealedUpTo = newestId;
    sealed = recent.streams();
    streamsDone = 0;
    nextSeq = 0;
  }

  /// Those settled before the connection ended are settled again.
  private void settle(int most) throws SQLException {
    int left = most;
    while (left > 0 && streamsDone < sealed.length) {
      Part part = recent.part(sealed[streamsDone], nextSeq, sealedUpTo, left);
      if (part.cells().length > 0) {
        sql.updateAny(PLACE, part.stream(), part.firstSeq(), listOf(part.cells()));
      }
      nextSeq = part.firstSeq() + part.cells().length;
      if (part.cells().length < left) {
        onStreamSettled();
      }
      left -= Math.max(1, part.cells().length);
    }
  }

  private void onStreamSettled() throws SQLException {
    streamsDone++;
    nextSeq = 0;
    if (streamsDone == sealed.length) {
      notes.write(PLACED, sealedUpTo);
      settled = true;
    }
  }

  private static String listOf(long[] cells) {
    return Arrays.stream(cells).mapToObj(Long::toString).collect(joining(",", "[", "]"));
  }
}
