package dev.parley.store;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.store.EventLog.Check;
import dev.parley.store.EventLog.Head;
import java.util.List;

/// What is known of a stream's past: enough to name the epoch of each event and to judge positions.
///
/// @param seq the newest event's, 0 if there is none
/// @param number counted events up to it
/// @param trimmed events up to here are forgotten
/// @param stretches the newest ones, ascending; events before the first are of an unknown epoch
public record History(long seq, long number, long trimmed, List<Stretch> stretches) {
  public static final History NONE = new History(0, 0, 0, List.of());

  private static final String UNKNOWN = "";

  public History {
    stretches = List.copyOf(stretches);
  }

  public Head head() {
    return seq == 0 ? Head.EMPTY : new Head(new Position(epochOf(seq), seq), number);
  }

  public Stamp stamp(long ofSeq, long ofNumber) {
    return new Stamp(new Position(epochOf(ofSeq), ofSeq), epochOf(ofSeq - 1), ofNumber);
  }

  /// A position is good exactly if it is not ahead of the stream, the stretch that holds it bears
  /// its epoch, and what follows it is still kept.
  public Check check(Position position) {
    if (position.seq() > seq) {
      return Check.LOST;
    }
    if (position.seq() > 0 && position.seq() < firstKnown()) {
      return Check.TRIMMED;
    }
    if (!position.epoch().equals(epochOf(position.seq()))) {
      return Check.LOST;
    }
    return position.seq() < trimmed ? Check.TRIMMED : Check.GOOD;
  }

  private long firstKnown() {
    return stretches.isEmpty() ? Long.MAX_VALUE : stretches.getFirst().first();
  }

  /// Nearly always the newest stretch is asked for.
  private String epochOf(long ofSeq) {
    for (Stretch stretch : stretches.reversed()) {
      if (stretch.first() <= ofSeq) {
        return stretch.epoch();
      }
    }
    return UNKNOWN;
  }
}
