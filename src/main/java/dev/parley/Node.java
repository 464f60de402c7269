package dev.parley;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.api.Figures;
import dev.parley.api.PublicAddresses;
import dev.parley.auth.Revocations;
import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.limits.ConnectionCounter;
import dev.parley.auth.limits.RateLimits;
import dev.parley.auth.limits.RateSettings;
import dev.parley.bus.Deployments;
import dev.parley.bus.EventLoops;
import dev.parley.bus.MessageBus;
import dev.parley.bus.Shards;
import dev.parley.cluster.ClusterRefusedException;
import dev.parley.cluster.ClusterStart;
import dev.parley.cluster.ClusterStart.Started;
import dev.parley.config.Config;
import dev.parley.config.DrainConfig;
import dev.parley.feed.ChangeReader;
import dev.parley.feed.FeedLimits;
import dev.parley.feed.Hub;
import dev.parley.gateway.Gateway;
import dev.parley.observe.EventLoopLag;
import dev.parley.observe.Health;
import dev.parley.observe.HealthChecks;
import dev.parley.observe.HealthChecks.Kind;
import dev.parley.observe.JvmMeters;
import dev.parley.observe.Meters;
import dev.parley.observe.OwnFigures;
import dev.parley.observe.Pulse;
import dev.parley.presence.OnlineUsers;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.Topic;
import dev.parley.rest.Routes;
import dev.parley.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// One server, put together: config → Vert.x → store → domains → gateway. Stopping goes the same
/// way back.
///
/// ```
/// Starting --listening--> Running --stop--> Draining --empty--> Stopped
/// ```
public final class Node {
  private final Config config;
  private final InstantSource clock = InstantSource.system();
  private final long startedAt = System.nanoTime();
  private final Vertx vertx;
  private final OtherNodes others;
  private final Store store;
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private final JvmMeters jvm;
  private final Pulse pulse;
  private final BooleanSupplier available;
  private final HealthChecks health = new HealthChecks();
  private final Revocations revocations = new Revocations();
  private final TokenVerifier verifier;
  private final RateLimits rates;
  private final MessageBus bus;
  private final Hub hub;
  private final Gateway gateway;
  private final ChangeReader changes;
  private volatile boolean draining;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Promise<Void> stopped = Promise.promise();
  private final Deployments deployments;
  private final Domains domains;
  private final List<String> publicDoors = new CopyOnWriteArrayList<>();

  private Node(
      Config config,
      Vertx vertx,
      OtherNodes others,
      PrometheusMeterRegistry registry,
      Meters meters,
      Store store,
      OpenStore opened) {
    this.config = config;
    this.vertx = vertx;
    this.others = others;
    this.registry = registry;
    this.meters = meters;
    this.jvm = new JvmMeters(registry);
    this.pulse = Pulse.start(meters);
    this.store = store;
    this.available = opened.available();
    this.verifier = TokenVerifier.open(vertx, config.auth(), clock, revocations);
    this.rates = new RateLimits(RateSettings.of(config), others.leases(opened.quotas()), meters);
    EventLoops loops = new EventLoops(vertx);
    this.bus = new MessageBus(vertx, new Shards(loops.count()), config.bus().requestTimeout());
    this.hub =
        new Hub(vertx, store.log(), others.neighbours(), limitsOf(config), loops.count(), meters);
    this.gateway =
        new Gateway(
            vertx,
            loops,
            config,
            clock,
            bus,
            hub,
            verifier,
            revocations,
            rates,
            new ConnectionCounter(ConnectionCounter.Settings.of(config), others.counts()),
            others.desks(),
            pulse,
            meters);
    this.deployments = new Deployments(vertx, loops);
    this.domains = new Domains(config, clock, bus, hub, store, others, pulse, meters, deployments);
    this.changes = new ChangeReader(vertx, store.log(), hub, config.feed().pollInterval());
  }

  /// Starts a server.
  ///
  /// @return completes when it listens; fails with [StartRefusedException] if what it was told or
  ///   found does not do
  public static Future<Node> start(Config config) {
    return start(config, UnaryOperator.identity());
  }

  /// @param around what is put around the store
  static Future<Node> start(Config config, UnaryOperator<Store> around) {
    Promise<Node> node = Promise.promise(); // of no loop: they may have ended
    startVertx(config)
        .onComplete(started -> open(started, config, around).onComplete(node), node::fail);
    return node.future();
  }

  private static Future<Started> startVertx(Config config) {
    if (config.cluster().enabled() && !config.store().redis().isOn()) {
      return Future.failedFuture(
          new StartRefusedException(
              "cluster.enabled: the nodes of a cluster need a store that they share; set"
                  + " store.redis.url"));
    }
    return ClusterStart.start(
            config.cluster(),
            new NodeId(config.node().id()),
            new VertxOptions().setEventLoopPoolSize(config.node().eventLoopCount()))
        .recover(Node::refuse);
  }

  static <T> Future<T> refuse(Throwable failure) {
    return Future.failedFuture(
        failure instanceof ClusterRefusedException refused
            ? new StartRefusedException(refused.line())
            : failure);
  }

  private static Future<Node> open(Started started, Config config, UnaryOperator<Store> around) {
    Promise<Node> node = Promise.promise(); // likewise
    openParts(started, config, around)
        .onComplete(
            node::complete, failure -> started.vertx().close().onComplete(_ -> node.fail(failure)));
    return node.future();
  }

  private static Future<Node> openParts(
      Started started, Config config, UnaryOperator<Store> around) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry);
    Vertx vertx = started.vertx();
    OtherNodes others = OtherNodes.of(started, config, meters);
    return OpenStore.open(vertx, config, meters)
        .compose(
            opened ->
                Future.succeededFuture(opened.store())
                    .map(around)
                    .map(used -> new Node(config, vertx, others, registry, meters, used, opened))
                    .recover(failure -> giveUp(opened.store()::close, failure)))
        .compose(node -> node.run().recover(failure -> giveUp(node::closeParts, failure)));
  }

  /// Closes what was opened, then fails.
  private static <T> Future<T> giveUp(Supplier<Future<Void>> close, Throwable failure) {
    return close.get().transform(_ -> Future.failedFuture(failure));
  }

  /// The port it listens on.
  public int port() {
    return gateway.port();
  }

  /// Connections that are open.
  public int connections() {
    return gateway.connections();
  }

  /// The other nodes of the cluster that are there now.
  public Set<NodeId> others() {
    return others.cluster().others();
  }

  public Vertx vertx() {
    return vertx;
  }

  /// Whether this node knows of another one where somebody listens to a topic.
  boolean isHeardElsewhere(Topic topic) {
    return others.neighbours().isHeard(topic);
  }

  /// For who puts something beside the domains.
  MessageBus bus() {
    return bus;
  }

  /// Copies the store while the server runs.
  public Future<Void> backup(Path target) {
    return store.backup(target);
  }

  /// Lets the clients go, as configured, then stops. Repeating it waits for the same end.
  public Future<Void> stop() {
    return stop(config.drain());
  }

  /// Completes when it has stopped, whoever asked for that.
  public Future<Void> stopped() {
    return stopped.future();
  }

  /// After this turn of the event loop, so that whoever asks is answered; and on no loop, since
  /// they end.
  private void shutDown(Optional<Duration> within) {
    DrainConfig times = within.map(config.drain()::within).orElse(config.drain());
    vertx.runOnContext(_ -> Thread.startVirtualThread(() -> stop(times)));
  }

  @CanIgnoreReturnValue
  private Future<Void> stop(DrainConfig times) {
    if (stopping.compareAndSet(false, true)) {
      draining = true;
      withdraw().eventually(() -> gateway.drain(times)).eventually(this::close).onComplete(stopped);
    }
    return stopped.future();
  }

  /// Other nodes answer applications from now on; where there are none, this one does to its end.
  private Future<Void> withdraw() {
    return others().isEmpty()
        ? Future.succeededFuture()
        : Future.join(publicDoors.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  /// Stops at once. What was accepted is stored.
  public Future<Void> close() {
    return closeParts().eventually(vertx::close);
  }

  private Future<Void> closeParts() {
    changes.stop();
    others.close();
    jvm.close();
    pulse.close();
    return undeployAll().eventually(verifier::close).eventually(store::close);
  }

  /// Doors first, domains after them.
  private Future<Void> undeployAll() {
    Future<?> undeployed = gateway.close();
    for (String door : publicDoors) {
      undeployed = undeployed.eventually(() -> vertx.undeploy(door));
    }
    return undeployed.eventually(deployments::undeployAll).mapEmpty();
  }

  private Future<Node> run() {
    bus.onPublish(this::publish);
    bus.onDeliver(hub::deliver);
    health.register("tokens", Kind.READINESS, verifier::health);
    health.register("store", Kind.READINESS, this::storeHealth);
    health.register("pulse", Kind.READINESS, pulse::health);
    pulse.onStandstill(() -> changes.catchUp().compose(_ -> hub.settled()));
    others.health().ifPresent(question -> health.register("cluster", Kind.READINESS, question));
    health.register("drain", Kind.READINESS, this::drainHealth);
    vertx.setPeriodic(config.limits().cleanupInterval().toMillis(), _ -> forgetOldRates());
    ClusterFigures figures = figures();
    figures.serve();
    return deployments
        .onEachLoop(_ -> new EventLoopLag(meters))
        .compose(_ -> domains.deploy(revocations, this::process))
        .compose(_ -> changes.start())
        .compose(_ -> others.start(hub, pulse))
        .compose(_ -> gateway.start(routes(figures)))
        .compose(_ -> vertx.deployVerticle(publicAddresses(figures)))
        .onSuccess(publicDoors::add)
        .compose(_ -> fillWithDummies())
        .map(_ -> this);
  }

  private Future<?> fillWithDummies() {
    return config.demo().dummyData() && config.isDevelopment()
        ? deployments.one(new DummyData(bus, clock))
        : Future.succeededFuture();
  }

  private void publish(Envelope envelope) {
    meters.rooms().onEvent(envelope, clock.instant());
    hub.publish(envelope);
  }

  private ClusterFigures figures() {
    OnlineUsers users = domains.users();
    OwnFigures.Known known =
        new OwnFigures.Known(
            users::count, users::mostConnections, domains.occupancy()::roomsByKind);
    NodeId self = others.cluster().self();
    OwnFigures own = new OwnFigures(self, meters, known, System::nanoTime);
    return new ClusterFigures(vertx, others.cluster(), others.post(), own, meters, clock);
  }

  private SystemSample.ServerProcess process() {
    Runtime runtime = Runtime.getRuntime();
    return new SystemSample.ServerProcess(
        runtime.totalMemory() - runtime.freeMemory(),
        connections(),
        (System.nanoTime() - startedAt) / 1_000_000_000);
  }

  private Health storeHealth() {
    return available.getAsBoolean()
        ? Health.HEALTHY
        : new Health.Degraded("nothing can be stored now; what is ephemeral goes on");
  }

  private Health drainHealth() {
    return draining ? new Health.Unhealthy("the server is going") : Health.HEALTHY;
  }

  private void forgetOldRates() {
    Future<?> _ = vertx.executeBlocking(this::sweepRates);
  }

  private boolean sweepRates() {
    rates.sweep(System.nanoTime());
    return true;
  }

  private PublicAddresses publicAddresses(ClusterFigures everywhere) {
    Figures figures =
        new Figures(domains.users()::count, domains.occupancy()::rooms, everywhere::now);
    return new PublicAddresses(bus, others.cluster().self(), figures);
  }

  private Router routes(ClusterFigures everywhere) {
    RestFigures figures =
        new RestFigures(vertx, everywhere, domains::online, domains.occupancy()::countByKind);
    return new Routes(
            vertx,
            config,
            bus,
            verifier,
            TokenIssuer.of(config.auth(), clock),
            rates,
            health,
            registry::scrape,
            figures,
            this::shutDown,
            clock)
        .router();
  }

  private static FeedLimits limitsOf(Config config) {
    return new FeedLimits(
        config.feed().gapHold(),
        config.feed().tail(),
        config.feed().catchUps(),
        config.feed().resumeEvents(),
        config.feed().resumeBytes());
  }
}
