package dev.parley.gateway;

import dev.parley.auth.Revocations;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.address.ClientAddress;
import dev.parley.auth.address.OriginPolicy;
import dev.parley.auth.limits.ConnectionCounter;
import dev.parley.auth.limits.RateLimits;
import dev.parley.bus.Addresses;
import dev.parley.bus.Deployments;
import dev.parley.bus.EventLoops;
import dev.parley.bus.MessageBus;
import dev.parley.config.Config;
import dev.parley.config.DrainConfig;
import dev.parley.config.TransportKind;
import dev.parley.feed.Hub;
import dev.parley.gateway.transport.Upgrader;
import dev.parley.observe.Meters;
import dev.parley.observe.Pulse;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.Topic;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;

/// The front door of a node: listens on every event loop, and empties itself when told.
///
/// ```
/// open --drain--> still open for `drain.delay` --> nobody comes in, clients told 1012 over `drain.window` --> empty
/// ```
public final class Gateway {
  private static final Duration PROBE_SETTLES = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Config config;
  private final InstantSource clock;
  private final MessageBus bus;
  private final Hub hub;
  private final ConnectionCounter counter;
  private final ConnectionDesk desk;
  private final Reception reception;
  private final Listener listener;
  private final GatewayContext context;
  private final Deployments deployments;

  /// @param revocations whose rights were taken back
  /// @param rates shared with the HTTP routes
  /// @param counter of connections
  /// @param others the gateways of the other nodes
  /// @param pulse commands wait while it is not steady
  public Gateway(
      Vertx vertx,
      EventLoops loops,
      Config config,
      InstantSource clock,
      MessageBus bus,
      Hub hub,
      TokenVerifier verifier,
      Revocations revocations,
      RateLimits rates,
      ConnectionCounter counter,
      OtherDesks others,
      Pulse pulse,
      Meters meters) {
    this.vertx = vertx;
    this.deployments = new Deployments(vertx, loops);
    this.config = config;
    this.clock = clock;
    this.bus = bus;
    this.hub = hub;
    this.counter = counter;
    this.desk = new ConnectionDesk(hub, counter, config.limits().probe(), others, meters, clock);
    others.serve(desk::here);
    NodeId node = new NodeId(config.node().id());
    this.reception =
        new Reception(
            node,
            new OriginPolicy(config.http().allowedOrigins(), config.isDevelopment()),
            new ClientAddress(config.http().trustedProxies()),
            rates,
            config.isDevelopment(),
            config.ws().compression());
    this.listener = new Listener(config.http(), config.ws().maxMessageBytes());
    this.context =
        new GatewayContext(
            node,
            clock,
            bus,
            hub,
            new Identity(vertx, verifier, revocations, counter, desk, rates, probed(config)),
            reception,
            new Endpoints(config, rates, meters, clock),
            upgrader(),
            listener,
            pulse,
            meters);
  }

  /// Listens on every loop.
  ///
  /// @param routes all requests that are not for a connection
  public Future<Void> start(Handler<HttpServerRequest> routes) {
    if (config.http().tls().isOn()) {
      vertx.setPeriodic(config.http().tls().checkInterval().toMillis(), _ -> reloadCertificate());
    }
    return bus.serve(Addresses.connections(context.node()), ConnectionCommand.class, desk::serve)
        .completion()
        .compose(_ -> deployments.onEachLoop(_ -> new GatewayVerticle(context, routes)));
  }

  /// The port listened on.
  public int port() {
    return listener.port();
  }

  /// Connections that are open.
  public int connections() {
    return counter.open();
  }

  /// Lets the clients go; with nobody here at once.
  public Future<Void> drain(DrainConfig times) {
    if (counter.open() == 0) {
      reception.close();
      return Future.succeededFuture();
    }
    hub.deliver(Envelope.ephemeral(new SessionEvent.Draining(clock.instant()), Topic.EVERYONE));
    return after(times.delay()).compose(_ -> empty(times.window()));
  }

  /// Listens no more, and ends whatever is still open.
  public Future<Void> close() {
    reception.close();
    return hub.disconnectAll(CloseCode.RESTARTING, Duration.ZERO)
        .eventually(deployments::undeployAll);
  }

  private Future<Void> empty(Duration window) {
    reception.close();
    return hub.disconnectAll(CloseCode.RESTARTING, window);
  }

  private Future<Void> after(Duration delay) {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> over.complete());
    return over.future();
  }

  /// The time that a silent connection has, and what it takes until its end is known everywhere.
  private static Duration probed(Config config) {
    Duration told =
        config.cluster().enabled()
            ? config.cluster().rowsInterval().multipliedBy(4)
            : Duration.ZERO;
    return config.limits().probe().plus(PROBE_SETTLES).plus(told);
  }

  private void reloadCertificate() {
    vertx.executeBlocking(
        () -> {
          listener.reloadCertificate();
          return true;
        });
  }

  private Upgrader upgrader() {
    return config.ws().transport() == TransportKind.LEAN
        ? Upgrader.lean()
        : Upgrader.portable(vertx);
  }
}
