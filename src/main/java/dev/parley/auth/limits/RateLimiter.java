package dev.parley.auth.limits;

import dev.parley.protocol.Rejection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// A policy applied to each key by itself. All event loops of a node share one; they meet only when
/// the same key is used on two of them at the same moment.
///
/// Keeps a bounded number of keys. When it is full, keys it does not know are admitted uncounted
/// until a sweep made room: forgetting limits for a while is better than refusing strangers.
///
/// @param <K> a user, an address; with a cheap `hashCode`
public final class RateLimiter<K> {
  private final RatePolicy policy;
  private final int maxKeys;
  private final ConcurrentHashMap<K, Tally> tallies = new ConcurrentHashMap<>();
  private final LongAdder uncounted = new LongAdder();

  public RateLimiter(RatePolicy policy, int maxKeys) {
    this.policy = policy;
    this.maxKeys = maxKeys;
  }

  /// Counts one of the key, or says why not. What is refused counts nowhere.
  ///
  /// @param nowNanos from `System.nanoTime()`
  public Optional<Rejection> admit(K key, long nowNanos) {
    while (true) {
      var known = tallies.get(key);
      if (known == null && tallies.mappingCount() >= maxKeys) {
        uncounted.increment();
        return Optional.empty();
      }
      var tally = known == null ? tallies.computeIfAbsent(key, _ -> new Tally(policy)) : known;
      synchronized (tally) {
        if (!tally.isRetired()) {
          return tally.take(nowNanos);
        }
      }
      // A sweep is just removing it.
      Thread.onSpinWait();
    }
  }

  /// Gives back one that was admitted here and then refused elsewhere.
  public void giveBack(K key) {
    var tally = tallies.get(key);
    if (tally != null) {
      synchronized (tally) {
        tally.giveBack();
      }
    }
  }

  /// Forgets keys whose windows and blocks are over. Takes time with the number of keys: not for an
  /// event loop.
  public void sweep(long nowNanos) {
    tallies
        .entrySet()
        .removeIf(
            entry -> {
              var tally = entry.getValue();
              synchronized (tally) {
                return tally.retire(nowNanos);
              }
            });
  }

  /// How many keys it keeps.
  public long size() {
    return tallies.mappingCount();
  }

  /// How many it admitted without counting, because it was full.
  public long uncounted() {
    return uncounted.sum();
  }
}
