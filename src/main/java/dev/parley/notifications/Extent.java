package dev.parley.notifications;

import dev.parley.protocol.StreamId;

/// The notifications that are kept of a stream. Each has a number there, from 1 on.
///
/// @param first number of the oldest
/// @param last number of the newest; before `first` if there is none
/// @param firstSeq a seq that all of them have reached
/// @param lastSeq the stream's newest
record Extent(StreamId stream, long first, long last, long firstSeq, long lastSeq) {
  long count() {
    return Math.max(0, last - first + 1);
  }
}
