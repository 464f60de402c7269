package dev.parley.store.embedded;

/// Where a stream stands, to whoever writes it.
///
/// @param id what the stream is called inside the file; 0 if it is not known there
/// @param life of the store when the stream was last written
/// @param trimmed events up to here are forgotten
/// @param epoch of the newest event; empty if there is none
record StreamState(long id, long seq, long number, long life, long trimmed, String epoch) {
  static final StreamState NONE = new StreamState(0, 0, 0, 0, 0, "");

  boolean isKnown() {
    return id != 0;
  }

  StreamState knownAs(long newId) {
    return new StreamState(newId, seq, number, life, trimmed, epoch);
  }

  StreamState inLife(long newLife, String newEpoch) {
    return new StreamState(id, seq, number, newLife, trimmed, newEpoch);
  }

  StreamState after(long newSeq, long newNumber) {
    return new StreamState(id, newSeq, newNumber, life, trimmed, epoch);
  }

  StreamState trimmedTo(long upTo) {
    return new StreamState(id, seq, number, life, upTo, epoch);
  }
}
