package dev.parley.protocol;

/// A place in a stream: the last event seen, and the stretch of history it belongs to
/// (`streams.md`).
///
/// @param epoch name of the stretch; empty where nothing was ever written
/// @param seq number of the event, from 1; 0 is before the first
public record Position(String epoch, long seq) {
  public static final Position START = new Position("", 0);

  public Position {
    if (seq < 0) {
      throw new IllegalArgumentException("seq " + seq);
    }
  }
}
