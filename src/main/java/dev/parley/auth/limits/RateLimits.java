package dev.parley.auth.limits;

import dev.parley.auth.address.IpAddress;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All rates of a node. Any thread may ask. Times are from `System.nanoTime()`.
public final class RateLimits {
  private static final Object NODE = new Object();

  /// Users or addresses that each limiter keeps: as many as a node has connections.
  private static final int MAX_KEYS = 200_000;

  private final RateSettings settings;
  private final Map<String, FrameLimits> frames = new ConcurrentHashMap<>();
  private final Optional<RateLimiter<IpAddress>> framesOfAddress;
  private final RateLimiter<UserId> requests;
  private final RateLimiter<IpAddress> failures;
  private final RateLimiter<Object> upgrades;

  public RateLimits(RateSettings settings) {
    this.settings = settings;
    framesOfAddress = settings.framesOfAddress().map(this::limiter);
    requests = limiter(settings.requests());
    failures = limiter(RatePolicy.of(settings.failures()));
    upgrades = limiter(RatePolicy.of(settings.upgrades()));
  }

  /// The limits of one dialect, to be kept by whoever asks them often.
  public FrameLimits frames(String dialect) {
    return frames.computeIfAbsent(dialect, this::toFrameLimits);
  }

  /// Counts a REST request, or says why not.
  public Optional<Rejection> admitRequest(UserId user, long nowNanos) {
    return requests.admit(user, nowNanos);
  }

  /// Counts a token that failed. When this refuses, the attempt is answered 429; a good token from
  /// there still passes.
  public Optional<Rejection> admitFailure(IpAddress address, long nowNanos) {
    return failures.admit(address.subscriber(), nowNanos);
  }

  /// Counts an upgrade. When this refuses, it is answered 503 with `Retry-After`.
  public Optional<Rejection> admitUpgrade(long nowNanos) {
    return upgrades.admit(NODE, nowNanos);
  }

  /// Forgets what is over. Due every `WS_CLEANUP_INTERVAL`; not for an event loop.
  public void sweep(long nowNanos) {
    frames.values().forEach(limits -> limits.sweep(nowNanos));
    framesOfAddress.ifPresent(limiter -> limiter.sweep(nowNanos));
    requests.sweep(nowNanos);
    failures.sweep(nowNanos);
  }

  private FrameLimits toFrameLimits(String dialect) {
    var policy = settings.frames().get(dialect);
    if (policy == null) {
      throw new IllegalArgumentException("no rates for a dialect named " + dialect);
    }
    var chat = Optional.ofNullable(settings.chat().get(dialect));
    return new FrameLimits(framesOfAddress, limiter(policy), chat.map(this::limiter));
  }

  private <K> RateLimiter<K> limiter(RatePolicy policy) {
    return new RateLimiter<>(policy, MAX_KEYS);
  }
}
