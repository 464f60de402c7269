package dev.parley.gateway;

import dev.parley.auth.address.ClientAddress;
import dev.parley.auth.address.OriginPolicy;
import dev.parley.auth.limits.RateLimits;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.UserId;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// What all doors of a node go by. Any thread may ask.
final class Reception {
  private static final UserId STRANGER = new UserId("anonymous");
  private static final long GUESTS = 1_000_000_000_000L;

  private final NodeId node;
  private final OriginPolicy origins;
  private final ClientAddress addresses;
  private final RateLimits rates;
  private final boolean admitsGuests;
  private final boolean compresses;
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean open = true;

  Reception(
      NodeId node,
      OriginPolicy origins,
      ClientAddress addresses,
      RateLimits rates,
      boolean admitsGuests,
      boolean compresses) {
    this.node = node;
    this.origins = origins;
    this.addresses = addresses;
    this.rates = rates;
    this.admitsGuests = admitsGuests;
    this.compresses = compresses;
  }

  boolean isOpen() {
    return open;
  }

  /// From now on nobody comes in.
  void close() {
    open = false;
  }

  ConnectionId nextConnection() {
    return ConnectionId.of(node, connections.incrementAndGet());
  }

  OriginPolicy origins() {
    return origins;
  }

  ClientAddress addresses() {
    return addresses;
  }

  RateLimits rates() {
    return rates;
  }

  boolean admitsGuests() {
    return admitsGuests;
  }

  boolean compresses() {
    return compresses;
  }

  /// Whom a connection is taken for that names nobody. The number of a guest is one that no guest
  /// before had, of this or another node.
  UserId stranger(Endpoint endpoint) {
    return admitsGuests && endpoint.dialect().numbersGuests()
        ? new UserId("guest-" + ThreadLocalRandom.current().nextLong(1, GUESTS))
        : STRANGER;
  }

  int lowWaterBytes() {
    return 32 << 10;
  }

  int highWaterBytes() {
    return 64 << 10;
  }
}
