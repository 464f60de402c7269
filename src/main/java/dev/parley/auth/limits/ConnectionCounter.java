package dev.parley.auth.limits;

import dev.parley.auth.address.IpAddress;
import dev.parley.config.Config;
import dev.parley.protocol.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections are open: at the node, from each address, of each user in each dialect. In
/// a cluster those of an address and of a user are counted over all nodes. Any thread may count.
/// Every opening that succeeds needs its closing, once.
///
/// ```
/// upgrade ── openFrom(address) ── token ── openFor(dialect, user) ── closeFor ── closeFrom
/// ```
public final class ConnectionCounter {
  private static final int UNLIMITED = Integer.MAX_VALUE;

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
              "workspace", dialects.workspace().connectionsPerUser(),
              "aether", dialects.aether().connectionsPerUser(),
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

  /// Who may have so many.
  private sealed interface Holder {
    record User(String dialect, UserId user) implements Holder {}

    record Subscriber(IpAddress address) implements Holder {}

    /// As the nodes call it.
    default String key() {
      return switch (this) {
        case User(var dialect, var user) -> "c:" + dialect + ":" + user;
        case Subscriber(var address) -> "i:" + address;
      };
    }
  }

  private final Settings settings;
  private final AtomicInteger node = new AtomicInteger();
  private final ConcurrentMap<Holder, Integer> counts = new ConcurrentHashMap<>();
  private final Optional<OtherCounts> others;

  /// For a node alone.
  public ConnectionCounter(Settings settings) {
    this(settings, Optional.empty());
  }

  public ConnectionCounter(Settings settings, Optional<OtherCounts> others) {
    this.settings = settings;
    this.others = others;
  }

  public Opening openFrom(IpAddress address) {
    if (node.incrementAndGet() > settings.perNode()) {
      node.decrementAndGet();
      return Opening.NODE_FULL;
    }
    if (!open(new Holder.Subscriber(address.subscriber()), limitOf(address))) {
      node.decrementAndGet();
      return Opening.ADDRESS_FULL;
    }
    return Opening.OPENED;
  }

  public void closeFrom(IpAddress address) {
    node.decrementAndGet();
    close(new Holder.Subscriber(address.subscriber()), limitOf(address));
  }

  public Opening openFor(String dialect, UserId user) {
    return open(new Holder.User(dialect, user), limitOf(dialect))
        ? Opening.OPENED
        : Opening.USER_FULL;
  }

  public void closeFor(String dialect, UserId user) {
    close(new Holder.User(dialect, user), limitOf(dialect));
  }

  /// Connections open at the node.
  public int open() {
    return node.get();
  }

  private int limitOf(IpAddress address) {
    return address.isLoopback() && !settings.limitsLoopback()
        ? UNLIMITED
        : settings.perAddress().orElse(UNLIMITED);
  }

  private int limitOf(String dialect) {
    Integer limit = settings.perUser().get(dialect);
    if (limit == null) {
      throw new IllegalArgumentException("no limits for a dialect named " + dialect);
    }
    return limit;
  }

  private boolean open(Holder holder, int limit) {
    int elsewhere = limit == UNLIMITED ? 0 : others.map(all -> all.open(holder.key())).orElse(0);
    var opened = new boolean[1];
    counts.compute(
        holder,
        (_, count) -> {
          int before = count == null ? 0 : count;
          opened[0] = before + elsewhere < limit;
          return opened[0] ? Integer.valueOf(tell(holder, before + 1, limit)) : count;
        });
    return opened[0];
  }

  private void close(Holder holder, int limit) {
    counts.computeIfPresent(
        holder, (_, count) -> tell(holder, count - 1, limit) > 0 ? count - 1 : null);
  }

  /// What nobody limits is not told.
  private int tell(Holder holder, int open, int limit) {
    if (limit != UNLIMITED) {
      others.ifPresent(all -> all.tell(holder.key(), open));
    }
    return open;
  }
}
