package dev.parley.store;

import dev.parley.protocol.Stamp;

/// An event as the log has it.
///
/// @param revision 0, and one more for every replacement of the payload
/// @param payload not to be changed
public record StoredEvent(Stamp stamp, int revision, boolean counted, byte[] payload) {
  public long seq() {
    return stamp.seq();
  }
}
