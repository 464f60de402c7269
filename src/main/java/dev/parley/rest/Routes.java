package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.address.ClientAddress;
import dev.parley.auth.address.OriginPolicy;
import dev.parley.auth.limits.RateLimits;
import dev.parley.bus.DomainCalls;
import dev.parley.bus.MessageBus;
import dev.parley.config.Config;
import dev.parley.observe.AccessLog;
import dev.parley.observe.HealthChecks;
import dev.parley.protocol.NodeId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The table of HTTP routes.
public final class Routes {
  private static final int MAX_AGE_SECONDS = 300;
  private static final String DESCRIPTION = "webroot/openapi.yaml";

  private final Vertx vertx;
  private final Access access;
  private final Cors cors;
  private final Supplier<String> metrics;
  private final Config config;
  private final List<Call> table;

  /// @param rates shared with the gateway
  /// @param metrics what a scrape gets
  /// @param issuer makes tokens for whoever asks, in development mode only
  /// @param shutdown drains and stops this node, within the time said or as configured; returns at
  ///   once
  public Routes(
      Vertx vertx,
      Config config,
      MessageBus bus,
      TokenVerifier verifier,
      Optional<TokenIssuer> issuer,
      RateLimits rates,
      HealthChecks health,
      Supplier<String> metrics,
      Figures.Source figures,
      Consumer<Optional<Duration>> shutdown,
      InstantSource clock) {
    this.vertx = vertx;
    this.config = config;
    this.access =
        new Access(
            verifier,
            rates,
            new ClientAddress(config.http().trustedProxies()),
            config.admin().allowedIps(),
            config.isDevelopment());
    this.cors = new Cors(new OriginPolicy(config.http().allowedOrigins(), config.isDevelopment()));
    this.metrics = metrics;
    this.table =
        table(
            new DomainCalls(bus, new NodeId(config.node().id())),
            config,
            issuer,
            health,
            figures,
            shutdown,
            clock);
  }

  /// All calls.
  static List<Call> table(
      DomainCalls domains,
      Config config,
      Optional<TokenIssuer> issuer,
      HealthChecks health,
      Figures.Source figures,
      Consumer<Optional<Duration>> shutdown,
      InstantSource clock) {
    Optional<TokenIssuer> tokens = config.isDevelopment() ? issuer : Optional.empty();
    return Stream.of(
            new HealthCalls(health).calls(),
            new ConnectCalls(domains, figures, health, config).calls(),
            new AetherCalls(domains, clock).calls(),
            new JobCalls(domains).calls(),
            new NexusCalls(domains, figures, clock).calls(),
            new WorkspaceCalls(domains, figures, health, clock).calls(),
            new ConnectionCalls(domains, shutdown).calls(),
            new RoomCalls(domains).calls(),
            new AccessCalls(domains, clock).calls(),
            tokens.map(each -> new DevelopmentTokens(each).calls()).orElse(List.of()))
        .flatMap(List::stream)
        .toList();
  }

  /// Makes the router; one serves all loops.
  public Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::log);
    router.route().handler(new SecurityHeaders(config.http().tls().isOn())::add);
    router.route().handler(cors::check);
    if (config.metrics().enabled()) {
      router.get("/metrics").handler(this::scrape);
    }
    router.get("/openapi.yaml").handler(Routes::describe);
    new Calls(access, new Bodies(config)).mount(router, table);
    router.get("/webjars/*").handler(files("META-INF/resources/webjars"));
    router.get("/static/*").handler(files("webroot/js"));
    router.get().handler(files("webroot"));
    router.route().handler(Answers::notFound);
    router.route().failureHandler(Routes::onFailure);
    router.errorHandler(400, context -> Answers.reject(context, HttpStatus.toRejection(400)));
    return router;
  }

  private static StaticHandler files(String directory) {
    return StaticHandler.create(directory)
        .setMaxAgeSeconds(MAX_AGE_SECONDS)
        .setIncludeHidden(false);
  }

  private void log(RoutingContext context) {
    if (AccessLog.isOn()) {
      long startedAt = System.nanoTime();
      context.addEndHandler(_ -> AccessLog.write(lineOf(context, System.nanoTime() - startedAt)));
    }
    context.next();
  }

  private AccessLog.Line lineOf(RoutingContext context, long nanos) {
    HttpServerRequest request = context.request();
    return new AccessLog.Line(
        access.addressOf(request).toString(),
        request.method().name(),
        request.uri(),
        context.response().getStatusCode(),
        context.response().bytesWritten(),
        Duration.ofNanos(nanos));
  }

  private static void describe(RoutingContext context) {
    context.response().putHeader("Content-Type", "application/yaml");
    context.response().sendFile(DESCRIPTION).onFailure(context::fail);
  }

  private void scrape(RoutingContext context) {
    Answers.text(context, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  private static void onFailure(RoutingContext context) {
    Throwable failure = context.failure();
    boolean theirs = context.statusCode() >= 400 && context.statusCode() < 500;
    if (failure == null || theirs) {
      Answers.reject(context, HttpStatus.toRejection(context.statusCode()));
    } else {
      Answers.fail(context, failure);
    }
  }
}
