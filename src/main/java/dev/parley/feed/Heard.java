package dev.parley.feed;

import dev.parley.protocol.Position;
import java.util.TreeSet;

/// Which events of one stream this node has had, whichever way they came. Pure.
final class Heard {
  /// Events that overtook each other are no further apart.
  static final int WINDOW = 256;

  private static final int MAX_ABOVE = 4_096;

  private final TreeSet<Long> above = new TreeSet<>();
  private String epoch;
  private long done;

  private Heard(String epoch, long done) {
    this.epoch = epoch;
    this.done = done;
  }

  /// Begins a little before an event that is about to be had.
  static Heard from(String epoch, long seq) {
    return new Heard(epoch, Math.max(0, seq - WINDOW));
  }

  /// All up to here was had.
  long done() {
    return done;
  }

  /// Notes that an event is had.
  ///
  /// @return whether it was not before
  boolean take(Position place) {
    boolean otherHistory = place.seq() <= done && !place.epoch().equals(epoch);
    if (otherHistory) {
      above.clear();
      done = Math.max(0, place.seq() - WINDOW);
    }
    epoch = place.epoch();
    boolean isNew = place.seq() > done && above.add(place.seq());
    if (above.size() > MAX_ABOVE) {
      reach(above.first());
    }
    return isNew;
  }

  /// Whether an event up to `seq` was not had.
  boolean lacks(long seq) {
    return seq - done > above.headSet(seq, true).size();
  }

  /// All up to `seq` was had, or will not be.
  void reach(long seq) {
    done = Math.max(done, seq);
    above.headSet(done, true).clear();
  }
}
