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
import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.Shards;
import dev.parley.chat.ChatRooms;
import dev.parley.chat.ChatVerticle;
import dev.parley.cluster.ClusterRefusedException;
import dev.parley.cluster.ClusterStart;
import dev.parley.cluster.ClusterStart.Started;
import dev.parley.cluster.Consumers;
import dev.parley.config.Config;
import dev.parley.config.DrainConfig;
import dev.parley.feed.ChangeReader;
import dev.parley.feed.FeedLimits;
import dev.parley.feed.Hub;
import dev.parley.feed.Subscriber;
import dev.parley.gateway.Gateway;
import dev.parley.inbox.InboxVerticle;
import dev.parley.jobs.Heard;
import dev.parley.jobs.JobsVerticle;
import dev.parley.metrics.Machine;
import dev.parley.metrics.MetricsVerticle;
import dev.parley.notifications.Backlog;
import dev.parley.notifications.MentionsVerticle;
import dev.parley.notifications.NotificationsVerticle;
import dev.parley.observe.EventLoopLag;
import dev.parley.observe.Health;
import dev.parley.observe.HealthChecks;
import dev.parley.observe.HealthChecks.Kind;
import dev.parley.observe.JvmMeters;
import dev.parley.observe.Meters;
import dev.parley.observe.Metric;
import dev.parley.observe.OwnFigures;
import dev.parley.observe.Pulse;
import dev.parley.operations.OperationsVerticle;
import dev.parley.presence.OnlineUsers;
import dev.parley.presence.PresenceVerticle;
import dev.parley.presence.UsersElsewhere;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.rest.Routes;
import dev.parley.revocations.RevocationsVerticle;
import dev.parley.rooms.Cursors;
import dev.parley.rooms.MembersElsewhere;
import dev.parley.rooms.Occupancy;
import dev.parley.rooms.RoomPolicy;
import dev.parley.rooms.RoomsVerticle;
import dev.parley.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
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
  private final List<InboxVerticle> inboxes = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
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
    this.bus = new MessageBus(vertx, new Shards(loops()), config.bus().requestTimeout());
    this.hub = new Hub(vertx, store.log(), others.neighbours(), limitsOf(config), loops(), meters);
    this.gateway =
        new Gateway(
            vertx,
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
    for (String deployment : inReverse()) {
      undeployed = undeployed.eventually(() -> vertx.undeploy(deployment));
    }
    return undeployed.mapEmpty();
  }

  /// Those that are gone already are no harm.
  private List<String> inReverse() {
    List<String> all = new ArrayList<>(deployments);
    all.addAll(publicDoors);
    return all.reversed();
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
    meters.queue("inbox", () -> inboxes.stream().mapToLong(InboxVerticle::depth).sum());
    MembersElsewhere elsewhere = others.members(bus.shards(), config.rooms().batchInterval());
    Occupancy occupancy = new Occupancy(elsewhere);
    Cursors cursors = new Cursors();
    hub.onEvent(cursors::see);
    meters.cache("cursors", cursors::size);
    OnlineUsers users = new OnlineUsers();
    Consumers authorizers = others.registry().consumers(Addresses.AUTHORIZE);
    UsersElsewhere present = others.present(bus.shards());
    ClusterFigures figures = figures(users, occupancy);
    figures.serve();
    Backlog notices = new Backlog();
    meters.queue("notifications", notices::size);
    return deploy(_ -> new EventLoopLag(meters))
        .compose(_ -> deployRevocations())
        .compose(_ -> deploy(shard -> rooms(shard, elsewhere, occupancy, cursors, authorizers)))
        .compose(_ -> deploy(shard -> chat(shard, occupancy)))
        .compose(_ -> deploy(this::inbox))
        .compose(_ -> deploy(shard -> presence(shard, users, present, occupancy)))
        .compose(_ -> deployJobs())
        .compose(_ -> deployOne(metrics(occupancy)))
        .compose(_ -> deployOne(new OperationsVerticle(bus, clock)))
        .compose(_ -> deploy(shard -> notifications(shard, notices)))
        .compose(_ -> deployMentions(notices))
        .compose(_ -> changes.start())
        .compose(_ -> others.start(hub, pulse))
        .compose(
            _ ->
                gateway.start(
                    routes(
                        new RestFigures(
                            vertx, figures, () -> users.count(present), occupancy::countByKind))))
        .compose(_ -> vertx.deployVerticle(publicAddresses(users, occupancy, figures)))
        .onSuccess(publicDoors::add)
        .compose(_ -> fillWithDummies())
        .map(_ -> this);
  }

  private Future<?> fillWithDummies() {
    return config.demo().dummyData() && config.isDevelopment()
        ? vertx.deployVerticle(new DummyData(bus, clock)).onSuccess(deployments::add)
        : Future.succeededFuture();
  }

  private RoomsVerticle rooms(
      int shard,
      MembersElsewhere elsewhere,
      Occupancy occupancy,
      Cursors cursors,
      Consumers authorizers) {
    return new RoomsVerticle(
        shard,
        bus,
        store,
        config.rooms(),
        elsewhere,
        occupancy,
        cursors,
        authorizers::exist,
        pulse::standstills,
        clock);
  }

  private ChatVerticle chat(int shard, Occupancy occupancy) {
    return new ChatVerticle(shard, bus, store, config.chat(), new TalkedIn(occupancy), clock);
  }

  private Future<Void> deployRevocations() {
    RevocationsVerticle verticle =
        new RevocationsVerticle(
            bus, store, revocations, () -> hub.visit(Subscriber::reviewRights), others.revoking());
    hub.watch(RevocationsVerticle.stream(), _ -> verticle.look());
    meters.queue("revocations", revocations::size);
    return vertx.deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
  }

  private InboxVerticle inbox(int shard) {
    NodeId self = new NodeId(config.node().id());
    InboxVerticle inbox = new InboxVerticle(shard, bus, self, store, config.queue(), clock);
    inboxes.add(inbox);
    return inbox;
  }

  private PresenceVerticle presence(
      int shard, OnlineUsers users, UsersElsewhere elsewhere, Occupancy occupancy) {
    return new PresenceVerticle(
        shard,
        bus,
        store,
        config.presence(),
        config.rooms(),
        users,
        elsewhere,
        occupancy::members,
        clock);
  }

  private Future<Void> deployJobs() {
    Heard heard = new Heard();
    LongAdder waiting = new LongAdder();
    meters.queue("job_updates", waiting::sum);
    return deploy(
        shard -> new JobsVerticle(shard, bus, store, config.jobs(), heard, waiting::add, clock));
  }

  private void publish(Envelope envelope) {
    meters.rooms().onEvent(envelope, clock.instant());
    hub.publish(envelope);
  }

  private ClusterFigures figures(OnlineUsers users, Occupancy occupancy) {
    OwnFigures.Known known =
        new OwnFigures.Known(users::count, users::mostConnections, occupancy::roomsByKind);
    NodeId self = others.cluster().self();
    OwnFigures own = new OwnFigures(self, meters, known, System::nanoTime);
    return new ClusterFigures(vertx, others.cluster(), others.post(), own, meters, clock);
  }

  private MetricsVerticle metrics(Occupancy occupancy) {
    return new MetricsVerticle(
        bus,
        config.metrics(),
        Machine.here(config.store().directory()).timed(meters::machineRead),
        this::process,
        () -> isWatched(occupancy),
        others.cluster().self(),
        clock);
  }

  private SystemSample.ServerProcess process() {
    Runtime runtime = Runtime.getRuntime();
    return new SystemSample.ServerProcess(
        runtime.totalMemory() - runtime.freeMemory(),
        connections(),
        (System.nanoTime() - startedAt) / 1_000_000_000);
  }

  /// Whether anybody listens to samples, on whichever node.
  private boolean isWatched(Occupancy occupancy) {
    return occupancy.members(RoomName.SYSTEM_MONITORING) > 0
        || hub.isHeard(TopicName.METRICS)
        || hub.isHeard(TopicName.ALL);
  }

  private NotificationsVerticle notifications(int shard, Backlog backlog) {
    return new NotificationsVerticle(shard, bus, store, others.cluster().self(), backlog, clock);
  }

  private Future<Void> deployMentions(Backlog backlog) {
    MentionsVerticle mentions =
        new MentionsVerticle(
            bus, store, others.cluster().self(), backlog, config.feed().pollInterval(), clock);
    Runnable _ = meters.show(Metric.DUTY, () -> mentions.isHeld() ? 1 : 0, "mentions");
    return vertx.deployVerticle(mentions).onSuccess(deployments::add).mapEmpty();
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

  private PublicAddresses publicAddresses(
      OnlineUsers users, Occupancy occupancy, ClusterFigures everywhere) {
    Figures figures = new Figures(users::count, occupancy::rooms, everywhere::now);
    return new PublicAddresses(bus, others.cluster().self(), figures);
  }

  private Router routes(RestFigures figures) {
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

  /// One instance per event loop, one after the other, so that each gets the next loop.
  private Future<Void> deploy(IntFunction<Deployable> verticle) {
    Future<?> deployed = Future.succeededFuture();
    for (int i = 0; i < loops(); i++) {
      int shard = i;
      deployed =
          deployed.compose(
              _ -> vertx.deployVerticle(verticle.apply(shard)).onSuccess(deployments::add));
    }
    return deployed.mapEmpty();
  }

  private Future<Void> deployOne(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
  }

  private int loops() {
    return config.node().eventLoopCount();
  }

  private static FeedLimits limitsOf(Config config) {
    return new FeedLimits(
        config.feed().gapHold(),
        config.feed().tail(),
        config.feed().catchUps(),
        config.feed().resumeEvents(),
        config.feed().resumeBytes());
  }

  /// What chat must know of rooms, from those who know.
  private record TalkedIn(Occupancy occupancy) implements ChatRooms {
    @Override
    public boolean takesChat(RoomName room) {
      return RoomPolicy.isConversation(room);
    }

    @Override
    public int members(RoomName room) {
      return occupancy.members(room);
    }
  }
}
