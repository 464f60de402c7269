package dev.parley.protocol;

/// Where a durable event stands in its stream.
///
/// @param position its own position
/// @param previousEpoch the epoch of the event before it, by which a receiver knows that nothing
///   lies between
/// @param number how many counted events (messages) the stream holds up to and with this one; what
///   unread counts subtract
public record Stamp(Position position, String previousEpoch, long number) {
  public long seq() {
    return position.seq();
  }

  /// Whether an event with this stamp comes directly after `earlier`.
  public boolean follows(Position earlier) {
    return position.seq() == earlier.seq() + 1 && previousEpoch.equals(earlier.epoch());
  }
}
