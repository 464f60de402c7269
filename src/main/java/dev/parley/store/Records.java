package dev.parley.store;

import dev.parley.protocol.StreamId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Keyed values beside the streams, each with a version that grows by one with every write.
///
/// A put is durable when its future completes; puts of one node to one scope are stored in the
/// order made. Failures as in [EventLog].
public interface Records {
  Future<Optional<StoredRecord>> get(StreamId scope, String key);

  /// Records whose key starts with `prefix`, by key in code point order, after the key `after` (""
  /// for the first page), at most `limit` (1–1,000).
  Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit);

  /// Writes a value.
  ///
  /// @param expectedVersion written only if the record has this version, 0 for none; empty: written
  ///   in any case
  /// @param expiresAt gone from then on; empty: kept
  Future<PutResult> put(
      StreamId scope,
      String key,
      byte[] value,
      OptionalLong expectedVersion,
      Optional<Instant> expiresAt);

  /// Removes a record; one that is not there is no error.
  Future<Void> remove(StreamId scope, String key);

  default Future<PutResult> put(StreamId scope, String key, byte[] value) {
    return put(scope, key, value, OptionalLong.empty(), Optional.empty());
  }

  /// @param seq the stream's position at which an append wrote it; 0 if it was put alone
  record StoredRecord(String key, byte[] value, long version, long seq) {}

  sealed interface PutResult {
    record Written(long version) implements PutResult {}

    /// Not written: the record has another version.
    record Stale(Optional<StoredRecord> current) implements PutResult {}
  }
}
