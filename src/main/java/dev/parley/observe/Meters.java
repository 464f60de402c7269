package dev.parley.observe;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Command;
import dev.parley.protocol.ErrorCode;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/// How the code counts; the only face of Micrometer. Any thread may count. The registry belongs to
/// whoever made it, and may be any.
///
/// Counting is one `LongAdder`; a timer or a summary costs some tens of nanoseconds and is for what
/// happens once per event or command, not once per receiver.
public final class Meters {
  private static final Duration[] TIMES =
      LongStream.of(
              10, 100, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000, 5_000_000)
          .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);
  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, 100_000};

  /// What becomes of an event for another node.
  public enum Forwarded {
    SENT,
    /// Too much waited on the way to it.
    DROPPED
  }

  /// How asking for a share of a rate that nodes have in common ended.
  public enum Leased {
    GRANTED,
    /// Less was left than was wanted.
    FELL_SHORT,
    /// The store did not answer: the node limits as if it were alone.
    FAILED
  }

  /// What became of another node.
  public enum Seen {
    JOINED,
    LEFT
  }

  /// Why a receiver did not get an ephemeral event.
  public enum Dropped {
    /// A newer one took its place.
    REPLACED,
    /// Too much waited already.
    DISCARDED
  }

  /// What became of an event that has a pace.
  public enum Paced {
    /// It passed at once.
    PASSED,
    /// It waits for its time.
    WAITED,
    /// It waited, and a newer one took its place.
    REPLACED,
    /// A newer one had passed or waits already.
    STALE
  }

  /// How going on from an earlier position ended.
  public enum Outcome {
    /// Everything missed was given.
    RECOVERED,
    /// It is no longer kept, or of a lost history: the client starts anew.
    RESET,
    /// It could not be finished: the connection was closed, or the room refused.
    FAILED
  }

  private final MeterRegistry registry;
  private final Map<String, DialectMeters> dialects = new ConcurrentHashMap<>();
  private final Map<Dropped, Count> dropped;
  private final Map<Paced, Count> paced;
  private final Map<Forwarded, Count> forwarded;
  private final Map<Leased, Count> leases;
  private final Map<Seen, Count> nodes;
  private final Map<ErrorCode, Count> errors;
  private final Map<CloseCode, Count> closes;
  private final Count left;
  private final Map<Outcome, Count> catchUps;
  private final Map<Outcome, Count> resumes;
  private final Map<String, Count> rateLimited = new ConcurrentHashMap<>();
  private final Map<String, Count> authFailures = new ConcurrentHashMap<>();
  private final Map<String, Timer> loops = new ConcurrentHashMap<>();
  private final ClassValue<CommandTimes> commands = new CommandTimers();
  private final Map<String, LatencyHistogram> latencies = new ConcurrentHashMap<>();
  private final RoomFigures rooms = new RoomFigures();
  private final DistributionSummary fanOut;
  private final Timer storeAppend;
  private final DistributionSummary storeBatch;
  private final Timer machineRead;
  private final Count slowConsumers;
  private final Count standstills;
  private final Count unanswered;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    dropped = counters(Metric.DROPPED, Dropped.class, Meters::label);
    paced = counters(Metric.PACED, Paced.class, Meters::label);
    forwarded = counters(Metric.FORWARDED, Forwarded.class, Meters::label);
    nodes = counters(Metric.CLUSTER_CHANGES, Seen.class, Meters::label);
    leases = counters(Metric.LEASES, Leased.class, Meters::label);
    errors = counters(Metric.ERRORS, ErrorCode.class, ErrorCode::name);
    closes = counters(Metric.CLOSES, CloseCode.class, CloseCode::label);
    left = counter(Metric.CLOSES, "client");
    catchUps = counters(Metric.CATCH_UPS, Outcome.class, Meters::label);
    resumes = counters(Metric.RESUMES, Outcome.class, Meters::label);
    fanOut = summary(Metric.FAN_OUT);
    storeAppend = timer(Metric.STORE_APPEND);
    storeBatch = summary(Metric.STORE_BATCH);
    machineRead = timer(Metric.MACHINE_READ);
    slowConsumers = counter(Metric.SLOW_CONSUMERS);
    standstills = counter(Metric.STANDSTILLS);
    unanswered = counter(Metric.UNANSWERED);
    Runnable _ = show(Metric.ROOM_FIGURES, rooms::size);
  }

  /// Those of one dialect, by its name.
  public DialectMeters dialect(String name) {
    return dialects.computeIfAbsent(name, dialect -> new DialectMeters(this, dialect));
  }

  /// What goes on in rooms.
  public RoomFigures rooms() {
    return rooms;
  }

  /// A number of each dialect.
  SortedMap<String, Long> byDialect(ToLongFunction<DialectMeters> number) {
    var numbers = new TreeMap<String, Long>();
    dialects.forEach((name, meters) -> numbers.put(name, number.applyAsLong(meters)));
    return numbers;
  }

  /// A number of all dialects together.
  long total(ToLongFunction<DialectMeters> number) {
    return dialects.values().stream().mapToLong(number).sum();
  }

  /// Those that happened.
  Map<ErrorCode, Long> errors() {
    var counts = new EnumMap<ErrorCode, Long>(ErrorCode.class);
    errors.forEach(
        (code, count) -> {
          if (count.sum() > 0) {
            counts.put(code, count.sum());
          }
        });
    return counts;
  }

  /// Of commands, by their names.
  SortedMap<String, Latency> latencies() {
    var times = new TreeMap<String, Latency>();
    latencies.forEach((name, histogram) -> times.put(name, histogram.toLatency()));
    return times;
  }

  /// The process did nothing for a while.
  public void stoodStill() {
    standstills.increment();
  }

  /// The machine's counters were read for a sample.
  public void machineRead(long nanos) {
    machineRead.record(nanos, TimeUnit.NANOSECONDS);
  }

  /// An event reached so many receivers on this node.
  public void fannedOut(int receivers) {
    fanOut.record(receivers);
  }

  /// An event for another node is on its way, or was dropped because too much is.
  public void forwarded(boolean sent) {
    count(forwarded, sent ? Forwarded.SENT : Forwarded.DROPPED).add(1);
  }

  /// Another node came or went.
  public void node(Seen what) {
    count(nodes, what).increment();
  }

  /// Another node did not say in time what it has; it counts as having nothing.
  public void unanswered() {
    unanswered.increment();
  }

  /// A share of a common rate was asked for.
  public void leased(Leased outcome) {
    count(leases, outcome).increment();
  }

  public void dropped(Dropped how, long events) {
    count(dropped, how).add(events);
  }

  public void paced(Paced how) {
    count(paced, how).increment();
  }

  public void error(ErrorCode code) {
    count(errors, code).increment();
  }

  /// A command was answered.
  public void answered(Command command, long nanos) {
    commands.get(command.getClass()).record(nanos);
  }

  /// @param limit what refused: one of a few fixed words, as `user`, `address`, `upgrades`
  public void rateLimited(String limit) {
    rateLimited.computeIfAbsent(limit, it -> counter(Metric.RATE_LIMITED, it)).increment();
  }

  /// @param cause the label of what was wrong with the token
  public void authenticationFailed(String cause) {
    authFailures.computeIfAbsent(cause, it -> counter(Metric.AUTH_FAILURES, it)).increment();
  }

  /// The server ended a connection.
  public void closed(CloseCode code) {
    count(closes, code).increment();
    if (code == CloseCode.SLOW_CONSUMER) {
      slowConsumers.increment();
    }
  }

  /// The client, or the network, ended a connection.
  public void left() {
    left.increment();
  }

  public void caughtUp(Outcome outcome) {
    count(catchUps, outcome).increment();
  }

  public void resumed(Outcome outcome) {
    count(resumes, outcome).increment();
  }

  public void appended(long nanos) {
    storeAppend.record(nanos, TimeUnit.NANOSECONDS);
  }

  public void committed(int appends) {
    storeBatch.record(appends);
  }

  public void loopLag(String loop, long nanos) {
    loops
        .computeIfAbsent(loop, name -> timer(Metric.LOOP_LAG, name))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// Shows how full a queue is.
  public void queue(String name, LongSupplier depth) {
    Runnable _ = show(Metric.QUEUE, depth, name);
  }

  /// Shows how much a cache holds.
  public void cache(String name, LongSupplier size) {
    Runnable _ = show(Metric.CACHE, size, name);
  }

  /// Shows a number that is asked when somebody looks, on another thread; a tag registered twice
  /// shows the first.
  ///
  /// @return shows it no longer
  public Runnable show(Metric metric, LongSupplier number, String... value) {
    var gauge =
        Gauge.builder(metric.id(), number, LongSupplier::getAsLong)
            .tags(tags(metric, value))
            .description(metric.text())
            .strongReference(true)
            .register(registry);
    return () -> {
      var _ = registry.remove(gauge);
    };
  }

  Count gauge(Metric metric, String... value) {
    var count = new Count();
    var _ =
        Gauge.builder(metric.id(), count, Count::sum)
            .tags(tags(metric, value))
            .description(metric.text())
            .register(registry);
    return count;
  }

  /// The registry holds it weakly: whoever asked keeps it.
  Count counter(Metric metric, String... value) {
    var count = new Count();
    var _ =
        FunctionCounter.builder(metric.id(), count, Count::sum)
            .tags(tags(metric, value))
            .description(metric.text())
            .register(registry);
    return count;
  }

  Timer timer(Metric metric, String... value) {
    return Timer.builder(metric.id())
        .tags(tags(metric, value))
        .description(metric.text())
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  private DistributionSummary summary(Metric metric) {
    return DistributionSummary.builder(metric.id())
        .description(metric.text())
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  /// One for each value, so that all show from the start, as zero.
  private <E extends Enum<E>> Map<E, Count> counters(
      Metric metric, Class<E> type, Function<E, String> label) {
    var counts = new EnumMap<E, Count>(type);
    for (E value : type.getEnumConstants()) {
      counts.put(value, counter(metric, label.apply(value)));
    }
    return counts;
  }

  private static <E extends Enum<E>> Count count(Map<E, Count> counts, E value) {
    return Objects.requireNonNull(counts.get(value));
  }

  private static List<Tag> tags(Metric metric, String... value) {
    return metric.tag().map(tag -> List.of(Tag.of(tag, value[0]))).orElse(List.of());
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// What is timed of one kind of command.
  private record CommandTimes(Timer timer, LatencyHistogram histogram) {
    void record(long nanos) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
      histogram.record(nanos);
    }
  }

  /// One for each kind of command, `SendMessage` as `send_message`.
  private final class CommandTimers extends ClassValue<CommandTimes> {
    @Override
    protected CommandTimes computeValue(Class<?> type) {
      var name =
          type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
      return new CommandTimes(
          timer(Metric.COMMANDS, name),
          latencies.computeIfAbsent(name, _ -> new LatencyHistogram()));
    }
  }
}
