package dev.parley;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.observe.Metric;
import dev.parley.presence.OnlineUsers;
import dev.parley.presence.UsersElsewhere;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Recipients.Matching;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomKind;
import dev.parley.rest.Figures;
import dev.parley.rest.Figures.Latency;
import dev.parley.rest.Figures.OfNode;
import dev.parley.rooms.Occupancy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// The figures as this node knows them: connections, users and rooms of all nodes, all else its
/// own. They are made anew at most once a second, off the event loops.
final class NodeFigures implements Figures.Source {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final MessageBus bus;
  private final NodeId node;
  private final MeterRegistry registry;
  private final OnlineUsers users;
  private final UsersElsewhere elsewhere;
  private final Occupancy occupancy;
  private final long startedAt = System.nanoTime();
  private Optional<Made> newest = Optional.empty();

  NodeFigures(
      Vertx vertx,
      MessageBus bus,
      NodeId node,
      MeterRegistry registry,
      OnlineUsers users,
      UsersElsewhere elsewhere,
      Occupancy occupancy) {
    this.vertx = vertx;
    this.bus = bus;
    this.node = node;
    this.registry = registry;
    this.users = users;
    this.elsewhere = elsewhere;
    this.occupancy = occupancy;
  }

  @Override
  public synchronized Future<Figures> now() {
    long now = System.nanoTime();
    return newest
        .filter(made -> made.isFresh(now))
        .orElseGet(() -> remember(new Made(make(), now)))
        .figures();
  }

  private Made remember(Made made) {
    newest = Optional.of(made);
    return made;
  }

  private Future<Figures> make() {
    Future<Integer> open = count(new CountOpen());
    Future<Integer> known = count(new Count(everybody()));
    return Future.all(open, known)
        .compose(_ -> vertx.executeBlocking(() -> figures(open.result(), known.result()), false));
  }

  private Future<Integer> count(ConnectionCommand command) {
    return bus.call(
            Addresses.connections(node), new Request(Caller.SERVER, command), Reply.Delivered.class)
        .map(Reply.Delivered::count);
  }

  private static Matching everybody() {
    return new Matching(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private Figures figures(int open, int known) {
    SortedMap<String, Long> rooms = words(occupancy.countByKind());
    return new Figures(
        open,
        known,
        users.count(elsewhere),
        rooms.values().stream().mapToLong(Long::longValue).sum(),
        sum(Metric.FRAMES_OUT),
        sum(Metric.FRAMES_IN),
        OptionalDouble.empty(),
        uptime(),
        OptionalLong.empty(),
        gauges(Metric.CONNECTIONS),
        rooms,
        Optional.empty(),
        counters(Metric.ERRORS),
        latencies(),
        new TreeMap<>(Map.of(node.value(), ownPart())),
        memory());
  }

  private OfNode ownPart() {
    return new OfNode(
        total(gauges(Metric.CONNECTIONS)),
        OptionalLong.of(total(gauges(Metric.SESSIONS))),
        OptionalLong.of(sum(Metric.FRAMES_OUT)),
        OptionalLong.of(sum(Metric.FRAMES_IN)),
        Optional.of(uptime()));
  }

  private Duration uptime() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private long sum(Metric metric) {
    return total(counters(metric));
  }

  private static long total(SortedMap<String, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  private SortedMap<String, Long> counters(Metric metric) {
    return byTag(metric, FunctionCounter.class, FunctionCounter::count);
  }

  private SortedMap<String, Long> gauges(Metric metric) {
    return byTag(metric, Gauge.class, Gauge::value);
  }

  private <M extends Meter> SortedMap<String, Long> byTag(
      Metric metric, Class<M> type, ToDoubleFunction<M> value) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    for (Meter meter : registry.find(metric.id()).meters()) {
      if (type.isInstance(meter)) {
        numbers.merge(
            tagOf(metric, meter), (long) value.applyAsDouble(type.cast(meter)), Long::sum);
      }
    }
    return numbers;
  }

  private static String tagOf(Metric metric, Meter meter) {
    return metric.tag().map(meter.getId()::getTag).orElse("");
  }

  private SortedMap<String, Latency> latencies() {
    SortedMap<String, Latency> latencies = new TreeMap<>();
    for (Timer timer : registry.find(Metric.COMMANDS.id()).timers()) {
      latencies.put(tagOf(Metric.COMMANDS, timer), latency(timer));
    }
    return latencies;
  }

  private static Latency latency(Timer timer) {
    Duration mean = Duration.ofNanos((long) timer.mean(TimeUnit.NANOSECONDS));
    return new Latency(timer.count(), mean, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SortedMap<String, Long> words(Map<RoomKind, Long> counts) {
    SortedMap<String, Long> words = new TreeMap<>();
    counts.forEach((kind, count) -> words.put(kind.word(), count));
    return words;
  }

  private static Figures.Memory memory() {
    Runtime runtime = Runtime.getRuntime();
    return new Figures.Memory(
        runtime.totalMemory() - runtime.freeMemory(), runtime.totalMemory(), runtime.maxMemory());
  }

  private record Made(Future<Figures> figures, long atNanos) {
    /// One that failed is made again at once.
    boolean isFresh(long now) {
      return now - atNanos < FRESH_NANOS && !figures.failed();
    }
  }
}
