package dev.parley.observe;

import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The figures of this node. Any thread may ask, but for an event loop, since users and rooms are
/// walked through; they are made anew at most once a second.
public final class OwnFigures {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NodeId node;
  private final Meters meters;
  private final Known known;
  private final LongSupplier nanos;
  private final long startedAt;
  private final MessageRate rate;
  private Optional<Made> newest = Optional.empty();

  /// What domains know.
  ///
  /// @param users who are online by connections to this node
  /// @param mostConnections of one user here
  /// @param rooms with members at this node
  public record Known(
      LongSupplier users, LongSupplier mostConnections, Supplier<Map<RoomKind, Long>> rooms) {}

  /// @param nanos the clock that only counts
  public OwnFigures(NodeId node, Meters meters, Known known, LongSupplier nanos) {
    this.node = node;
    this.meters = meters;
    this.known = known;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.rate = new MessageRate(startedAt);
  }

  /// A second has passed. Costs nothing, on any thread.
  public void tick() {
    rate.tick(nanos.getAsLong(), messages());
  }

  public synchronized NodeFigures now() {
    long now = nanos.getAsLong();
    Made made =
        newest
            .filter(before -> now - before.at() < FRESH_NANOS)
            .orElseGet(() -> new Made(make(now), now));
    newest = Optional.of(made);
    return made.figures();
  }

  private NodeFigures make(long now) {
    Runtime runtime = Runtime.getRuntime();
    return new NodeFigures(
        node,
        meters.total(DialectMeters::connections),
        meters.total(DialectMeters::sessions),
        known.users().getAsLong(),
        known.mostConnections().getAsLong(),
        known.rooms().get(),
        meters.total(DialectMeters::framesOut),
        meters.total(DialectMeters::framesIn),
        rate.perSecond(now, messages()),
        TimeUnit.NANOSECONDS.toSeconds(now - startedAt),
        meters.rooms().messagesByKind(),
        meters.byDialect(DialectMeters::connections),
        meters.errors(),
        meters.latencies(),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  private long messages() {
    return meters.total(DialectMeters::framesIn) + meters.total(DialectMeters::framesOut);
  }

  private record Made(NodeFigures figures, long at) {}
}
