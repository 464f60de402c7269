package dev.parley.store;

import dev.parley.protocol.StreamId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Belongs to the store's one thread, but for the methods of the port. Nothing expires.
final class MemoryRecords implements Records {
  private final MemoryStore store;
  private final Map<StreamId, NavigableMap<String, StoredRecord>> scopes = new HashMap<>();

  MemoryRecords(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
    return store.call(() -> Optional.ofNullable(in(scope).get(key)));
  }

  @Override
  public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
    return store.call(
        () ->
            in(scope).tailMap(after, false).values().stream()
                .filter(found -> found.key().startsWith(prefix))
                .limit(limit)
                .toList());
  }

  @Override
  public Future<PutResult> put(
      StreamId scope,
      String key,
      byte[] value,
      OptionalLong expectedVersion,
      Optional<Instant> expiresAt) {
    return store.call(
        () ->
            matches(scope, key, expectedVersion)
                ? new PutResult.Written(write(scope, key, value, 0))
                : new PutResult.Stale(Optional.ofNullable(in(scope).get(key))));
  }

  @Override
  public Future<Void> remove(StreamId scope, String key) {
    return store.call(() -> in(scope).remove(key)).mapEmpty();
  }

  boolean matches(StreamId scope, String key, OptionalLong expectedVersion) {
    StoredRecord found = in(scope).get(key);
    long version = found == null ? 0 : found.version();
    return expectedVersion.isEmpty() || expectedVersion.getAsLong() == version;
  }

  long write(StreamId scope, String key, byte[] value, long seq) {
    StoredRecord found = in(scope).get(key);
    long version = found == null ? 1 : found.version() + 1;
    in(scope).put(key, new StoredRecord(key, value.clone(), version, seq));
    return version;
  }

  private NavigableMap<String, StoredRecord> in(StreamId scope) {
    return scopes.computeIfAbsent(scope, _ -> new TreeMap<>());
  }
}
