package dev.parley.store.redis;

import dev.parley.store.EventLog.Change;
import dev.parley.store.EventLog.Changes;
import dev.parley.store.History;
import java.util.List;

/// A place in a partition's change feed, as one number: the entry's index, and 20 bits of the name
/// of the stretch it belongs to. So a feed that lost entries and got others instead is told apart,
/// as positions tell streams.
record Cursor(int tag, long index) {
  static final Cursor START = new Cursor(0, 0);

  private static final int INDEX_BITS = 43;
  private static final int TAG_MASK = (1 << 20) - 1;

  static Cursor of(long value) {
    return new Cursor((int) (value >>> INDEX_BITS) & TAG_MASK, value & ((1L << INDEX_BITS) - 1));
  }

  long value() {
    return (long) tag << INDEX_BITS | index;
  }

  /// Behind all that the feed has.
  static Cursor headOf(History feed) {
    return at(feed, feed.seq());
  }

  private static Cursor at(History feed, long index) {
    return index == 0
        ? START
        : new Cursor(feed.stamp(index, 0).position().epoch().hashCode() & TAG_MASK, index);
  }

  /// What follows this place in the feed.
  ///
  /// @param found entries after it, without a gap
  Changes changes(History feed, List<Change> found) {
    boolean known = index <= feed.seq() && index >= feed.trimmed() && equals(at(feed, index));
    return known
        ? new Changes(found, at(feed, index + found.size()).value(), false)
        : new Changes(List.of(), headOf(feed).value(), true);
  }
}
