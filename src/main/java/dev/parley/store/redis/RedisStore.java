package dev.parley.store.redis;

import dev.parley.store.Duty;
import dev.parley.store.EventLog;
import dev.parley.store.Quotas;
import dev.parley.store.Records;
import dev.parley.store.Store;
import dev.parley.store.StoreMeters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store that the nodes of a cluster share: streams and records in one Redis.
public final class RedisStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);

  /// One of those who share the store sweeps; when it is gone, another does after this time.
  private static final Duration SWEEPER_LENGTH = Duration.ofSeconds(30);

  /// All links notice another life within about this time; it is told once.
  private static final Duration LIFE_SETTLES = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Links links;
  private final EventLog log;
  private final Records records;
  private final Quotas quotas;
  private final List<Runnable> onNewLife = new CopyOnWriteArrayList<>();
  private final AtomicBoolean newLife = new AtomicBoolean();
  private volatile Optional<Sweeping> sweeping = Optional.empty();

  private RedisStore(
      Vertx vertx,
      IntFunction<Context> contexts,
      Connector connector,
      RedisStoreOptions options,
      StoreMeters meters) {
    this.vertx = vertx;
    var operations = new Operations();
    var each =
        IntStream.range(0, options.links())
            .mapToObj(
                number ->
                    new Link(
                        vertx, contexts.apply(number), connector, options, meters, this::onNewLife))
            .toList();
    this.links = new Links(vertx, each, options);
    this.log = new RedisLog(links, operations, onNewLife::add);
    this.records = new RedisRecords(links, operations);
    this.quotas = new RedisQuotas(links, operations);
  }

  /// What house-keeping needs once the store is open.
  private record Sweeping(Duty duty, long timer) {}

  /// Connects to the store, or says why not; over links on any event loops.
  public static Future<OpenResult> open(
      Vertx vertx, RedisStoreOptions options, StoreMeters meters) {
    return open(vertx, _ -> ((VertxInternal) vertx).createEventLoopContext(), options, meters);
  }

  /// @param contexts where the link of each number runs. That of a stream has its slot's remainder
  ///   as its number: whoever asks about the stream on the same loop wakes no other
  public static Future<OpenResult> open(
      Vertx vertx, IntFunction<Context> contexts, RedisStoreOptions options, StoreMeters meters) {
    var connector = new Connector(vertx, options.redis());
    var store = new RedisStore(vertx, contexts, connector, options, meters);
    return store
        .links
        .start()
        .map(servers -> store.opened(connector.place(), servers))
        .recover(failure -> store.refused(connector.place(), failure));
  }

  @Override
  public EventLog log() {
    return log;
  }

  @Override
  public Records records() {
    return records;
  }

  /// The rates that all who share this store have in common.
  public Quotas quotas() {
    return quotas;
  }

  /// Redis copies itself; this fails and says so.
  @Override
  public Future<Void> backup(Path target) {
    return Future.failedFuture(
        new UnsupportedOperationException("a store on Redis is copied by Redis itself"));
  }

  /// Completes what was accepted, which takes no longer than the time of retries, then closes.
  @Override
  public Future<Void> close() {
    Future<Void> handedOver = sweeping.map(this::end).orElseGet(Future::succeededFuture);
    return links.close().eventually(() -> handedOver);
  }

  private Future<Void> end(Sweeping ended) {
    boolean _ = vertx.cancelTimer(ended.timer());
    return ended.duty().close();
  }

  /// Whether this one keeps house for all who share the store.
  public boolean isSweeping() {
    return sweeping.filter(now -> now.duty().isHeld()).isPresent();
  }

  /// Whether every link is open. It heals by itself.
  public boolean isAvailable() {
    return links.areOpen();
  }

  /// Calls that are not answered.
  public int queuedCalls() {
    return links.size();
  }

  /// What these calls carry.
  public long queuedBytes() {
    return links.bytes();
  }

  /// Does the house-keeping there is to do.
  Future<Void> sweep() {
    return sweep(() -> true);
  }

  private Future<Void> sweep(BooleanSupplier goOn) {
    return Future.join(
            IntStream.range(0, Partitions.COUNT).mapToObj(each -> sweep(each, goOn)).toList())
        .mapEmpty();
  }

  private Future<Void> sweep(int partition, BooleanSupplier goOn) {
    return links
        .write(
            partition,
            0,
            links
                .call(Script.SWEEP, partition)
                .add(links.options().messagesKept().toMillis())
                .add(links.options().notificationsKept().toMillis()),
            Links.present(more -> more.toInteger() == 1))
        .compose(
            more ->
                more && goOn.getAsBoolean() ? sweep(partition, goOn) : Future.succeededFuture());
  }

  private OpenResult opened(String place, List<Server> servers) {
    Optional<String> warning = servers.stream().flatMap(s -> s.warning().stream()).findFirst();
    warning.ifPresent(text -> LOG.atWarn().log("Redis at " + place + " " + text));
    keepHouse();
    return new OpenResult.Opened(this);
  }

  private void keepHouse() {
    String self = links.options().name() + "/" + UUID.randomUUID();
    Duty duty = Duty.seek(vertx, records, "sweep", self, SWEEPER_LENGTH);
    onNewLife.add(duty::startOver);
    long timer = vertx.setPeriodic(SWEEP_PERIOD.toMillis(), _ -> onSweepTimer(duty));
    sweeping = Optional.of(new Sweeping(duty, timer));
  }

  private Future<OpenResult> refused(String place, Throwable failure) {
    String line =
        failure instanceof Connector.Refused
            ? "Redis at %s %s".formatted(place, failure.getMessage())
            : "Redis at %s cannot be used: %s".formatted(place, firstLine(failure));
    return links.close().map(new OpenResult.Refused(line));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private void onSweepTimer(Duty duty) {
    if (duty.isHeld()) {
      sweep(duty::isHeld)
          .onFailure(e -> LOG.atDebug().addKeyValue("error", e).log("Redis was not swept"));
    }
  }

  private void onNewLife() {
    if (newLife.compareAndSet(false, true)) {
      vertx.setTimer(LIFE_SETTLES.toMillis(), _ -> tellNewLife());
    }
  }

  private void tellNewLife() {
    newLife.set(false);
    LOG.info("Redis has begun another life; all live positions are checked");
    onNewLife.forEach(Runnable::run);
  }
}
