package dev.parley.jobs;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Readings that many ask for at once. Whoever asks gets one that began after they asked: the next
/// one, while one is under way. So there are two at a time of each, whether ten ask or ten
/// thousand, and nobody gets what was true before. Belongs to one thread.
final class SharedReads<K, T> {
  private final Function<K, Future<T>> read;
  private final Map<K, Optional<Promise<T>>> underWay = new HashMap<>();

  SharedReads(Function<K, Future<T>> read) {
    this.read = read;
  }

  Future<T> of(K key) {
    Optional<Promise<T>> next = underWay.get(key);
    if (next == null) {
      return begin(key);
    }
    if (next.isPresent()) {
      return next.get().future();
    }
    Promise<T> promise = Promise.promise();
    underWay.put(key, Optional.of(promise));
    return promise.future();
  }

  private Future<T> begin(K key) {
    underWay.put(key, Optional.empty());
    return Future.succeededFuture().compose(_ -> read.apply(key)).onComplete(_ -> onDone(key));
  }

  private void onDone(K key) {
    Optional<Promise<T>> next = underWay.getOrDefault(key, Optional.empty());
    underWay.remove(key);
    next.ifPresent(promise -> begin(key).onComplete(promise));
  }
}
