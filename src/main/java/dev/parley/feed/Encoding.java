package dev.parley.feed;

import dev.parley.protocol.Envelope;

/// A way to write events that many subscribers share: made once per event, for all of them on all
/// loops.
///
/// @param <T> what is written to each subscriber
public interface Encoding<T> {
  /// At most this many encodings exist.
  int MAX_SLOTS = 16;

  /// A small number of its own, 0–15.
  int slot();

  /// Called once per event, by whichever loop needs it first.
  T encode(Envelope envelope);

  /// Called once when every loop is done with it.
  void release(T encoded);
}
