package dev.parley.store.embedded;

/// The store's state now; may be asked from any thread.
public interface StoreGauges {
  int queuedWrites();

  /// Bytes of the waiting writes.
  long queuedBytes();

  int queuedReads();

  /// Bytes of the write-ahead log in use, as of its last checkpoint.
  long walBytes();

  /// Whether the last batch could be written. While it could not, a write is tried every ten
  /// seconds, so this heals by itself.
  boolean isAvailable();
}
