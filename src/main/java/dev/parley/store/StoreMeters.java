package dev.parley.store;

import java.time.Duration;

/// Told what the store does, on its threads; must be quick and never throw.
public interface StoreMeters {
  StoreMeters NONE = new StoreMeters() {};

  /// A batch is on the disk.
  ///
  /// @param took from its first statement to the end of its commit
  default void onCommitted(int writes, long bytes, Duration took) {}

  /// A write is answered.
  ///
  /// @param latency from the call to its batch being on the disk
  default void onAcknowledged(Duration latency) {}

  /// A write was turned away because the queue was full.
  default void onRefused() {}

  /// A batch could not be written.
  default void onFailed(int writes) {}
}
