package dev.parley.auth.limits;

import dev.parley.auth.address.IpAddress;
import dev.parley.observe.Meters;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All rates of a node, or, with leases, of a cluster as this node keeps them. Any thread may ask.
/// Times are from `System.nanoTime()`.
public final class RateLimits {
  private static final Object NODE = new Object();

  /// Users or addresses that each limiter keeps: as many as a node has connections.
  private static final int MAX_KEYS = 200_000;

  private final RateSettings settings;
  private final Optional<Leases> leases;
  private final Meters meters;
  private final Map<String, FrameLimits> frames = new ConcurrentHashMap<>();
  private final Optional<RateLimiter<IpAddress>> framesOfAddress;
  private final RateLimiter<UserId> requests;
  private final RateLimiter<IpAddress> failures;
  private final RateLimiter<Object> upgrades;

  /// Of a node alone.
  public RateLimits(RateSettings settings, Meters meters) {
    this(settings, Optional.empty(), meters);
  }

  /// @param leases where all nodes have the rates in common; that of upgrades is each node's own
  public RateLimits(RateSettings settings, Optional<Leases> leases, Meters meters) {
    this.settings = settings;
    this.leases = leases;
    this.meters = meters;
    framesOfAddress = settings.framesOfAddress().map(policy -> limiter("address", policy));
    requests = limiter("requests", settings.requests());
    failures = limiter("failures", RatePolicy.of(settings.failures()));
    upgrades = new RateLimiter<>(RatePolicy.of(settings.upgrades()), 1);
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
    return new FrameLimits(
        framesOfAddress,
        limiter("frames." + dialect, policy),
        chat.map(each -> limiter("chat." + dialect, each)));
  }

  private <K> RateLimiter<K> limiter(String name, RatePolicy policy) {
    return new RateLimiter<>(
        policy,
        MAX_KEYS,
        leases.map(from -> new Leasing(name, policy, from, meters, System::nanoTime)));
  }
}
