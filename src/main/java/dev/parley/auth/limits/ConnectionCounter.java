package dev.parley.auth.limits;

import dev.parley.auth.address.IpAddress;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections are open: at the node, from each address, of each user in each dialect. Any
/// thread may count. Every opening that succeeds needs its closing, once.
///
/// ```
/// upgrade ── openFrom(address) ── token ── openFor(dialect, user) ── closeFor ── closeFrom
/// ```
public final class ConnectionCounter {
  /// @param perNode at the whole node
  /// @param perAddress empty: not limited
  /// @param limitsLoopback whether `perAddress` holds for this machine too
  /// @param perUser by the dialect's name
  public record Settings(
      int perNode,
      Optional<Integer> perAddress,
      boolean limitsLoopback,
      Map<String, Integer> perUser) {
    public Settings {
      perUser = Map.copyOf(perUser);
    }

    public static Settings of(Config config) {
      var dialects = config.dialects();
      return new Settings(
          config.ws().maxConnections(),
          Optional.of(config.limits().connectionsPerIp()).filter(limit -> limit > 0),
          !config.isDevelopment(),
          Map.of(
              "native", dialects.native_().connectionsPerUser(),
              "connect", dialects.connect().connectionsPerUser(),
              "nexus", dialects.nexus().connectionsPerUser()));
    }
  }

  /// How an attempt to open one more ended.
  public enum Opening {
    OPENED,
    /// The node has no place: 503 with `Retry-After`.
    NODE_FULL,
    /// `TOO_MANY_CONNECTIONS`, unless others of the address turn out to be dead.
    ADDRESS_FULL,
    /// `TOO_MANY_CONNECTIONS`, unless others of the user turn out to be dead.
    USER_FULL
  }

  private record UserIn(String dialect, UserId user) {}

  private final Settings settings;
  private final AtomicInteger node = new AtomicInteger();
  private final ConcurrentMap<IpAddress, Integer> addresses = new ConcurrentHashMap<>();
  private final ConcurrentMap<UserIn, Integer> users = new ConcurrentHashMap<>();

  public ConnectionCounter(Settings settings) {
    this.settings = settings;
  }

  public Opening openFrom(IpAddress address) {
    if (node.incrementAndGet() > settings.perNode()) {
      node.decrementAndGet();
      return Opening.NODE_FULL;
    }
    if (!open(addresses, address.subscriber(), limitOf(address))) {
      node.decrementAndGet();
      return Opening.ADDRESS_FULL;
    }
    return Opening.OPENED;
  }

  public void closeFrom(IpAddress address) {
    node.decrementAndGet();
    close(addresses, address.subscriber());
  }

  public Opening openFor(String dialect, UserId user) {
    Integer limit = settings.perUser().get(dialect);
    if (limit == null) {
      throw new IllegalArgumentException("no limits for a dialect named " + dialect);
    }
    return open(users, new UserIn(dialect, user), limit) ? Opening.OPENED : Opening.USER_FULL;
  }

  public void closeFor(String dialect, UserId user) {
    close(users, new UserIn(dialect, user));
  }

  /// Connections open at the node.
  public int open() {
    return node.get();
  }

  private int limitOf(IpAddress address) {
    return address.isLoopback() && !settings.limitsLoopback()
        ? Integer.MAX_VALUE
        : settings.perAddress().orElse(Integer.MAX_VALUE);
  }

  private static <K> boolean open(ConcurrentMap<K, Integer> counts, K key, int limit) {
    var opened = new boolean[1];
    counts.compute(
        key,
        (_, count) -> {
          int before = count == null ? 0 : count;
          opened[0] = before < limit;
          return opened[0] ? Integer.valueOf(before + 1) : count;
        });
    return opened[0];
  }

  private static <K> void close(ConcurrentMap<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (_, count) -> count > 1 ? count - 1 : null);
  }
}
