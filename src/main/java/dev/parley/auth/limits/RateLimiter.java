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
  private final Optional<Leasing> leasing;
  private final ConcurrentHashMap<K, Tally> tallies = new ConcurrentHashMap<>();
  private final LongAdder uncounted = new LongAdder();

  /// Of a node alone.
  public RateLimiter(RatePolicy policy, int maxKeys) {
    this(policy, maxKeys, Optional.empty());
  }

  /// @param leasing where other nodes take from the same quotas
  RateLimiter(RatePolicy policy, int maxKeys, Optional<Leasing> leasing) {
    this.policy = policy;
    this.maxKeys = maxKeys;
    this.leasing = leasing;
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
      var tally = known == null ? tallies.computeIfAbsent(key, _ -> newTally()) : known;
      Optional<Rejection> refused;
      boolean retired;
      boolean asks;
      synchronized (tally) {
        retired = tally.isRetired();
        refused = retired ? Optional.empty() : tally.take(nowNanos);
        asks = leasing.isPresent() && tally.isAskDue(nowNanos);
      }
      if (asks) {
        leasing.get().ask(key, tally, nowNanos);
      }
      if (!retired) {
        return refused;
      }
      // A sweep is just removing it.
      Thread.onSpinWait();
    }
  }

  private Tally newTally() {
    return new Tally(policy, leasing.isPresent());
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
