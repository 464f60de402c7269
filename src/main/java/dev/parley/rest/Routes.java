package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.address.ClientAddress;
import dev.parley.auth.address.OriginPolicy;
import dev.parley.auth.limits.RateLimits;
import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.config.Config;
import dev.parley.observe.AccessLog;
import dev.parley.observe.HealthChecks;
import dev.parley.protocol.Caller;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The table of HTTP routes.
public final class Routes {
  private static final int MAX_AGE_SECONDS = 300;

  private final Vertx vertx;
  private final MessageBus bus;
  private final Access access;
  private final OriginPolicy origins;
  private final HealthChecks health;
  private final Supplier<String> metrics;
  private final Optional<TokenIssuer> developmentTokens;
  private final Config config;

  /// @param rates shared with the gateway
  /// @param metrics what a scrape gets
  /// @param issuer makes tokens for whoever asks, in development mode only
  public Routes(
      Vertx vertx,
      Config config,
      MessageBus bus,
      TokenVerifier verifier,
      Optional<TokenIssuer> issuer,
      RateLimits rates,
      HealthChecks health,
      Supplier<String> metrics) {
    this.vertx = vertx;
    this.config = config;
    this.bus = bus;
    this.access =
        new Access(
            verifier,
            rates,
            new ClientAddress(config.http().trustedProxies()),
            config.admin().allowedIps());
    this.origins = new OriginPolicy(config.http().allowedOrigins(), config.isDevelopment());
    this.health = health;
    this.metrics = metrics;
    this.developmentTokens = config.isDevelopment() ? issuer : Optional.empty();
  }

  /// Makes the router; one serves all loops.
  public Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::log);
    router.route().handler(new SecurityHeaders(config.http().tls().isOn())::add);
    router.route().handler(this::ensureOrigin);
    router.get("/health/live").handler(context -> Probes.answer(context, health.liveness()));
    router.get("/health/ready").handler(context -> Probes.answer(context, health.readiness()));
    if (config.metrics().enabled()) {
      router.get("/metrics").handler(this::scrape);
    }
    router.put("/api/v1/rooms/:room/grants/:user").handler(context -> setGrant(context, true));
    router.delete("/api/v1/rooms/:room/grants/:user").handler(context -> setGrant(context, false));
    developmentTokens.ifPresent(
        issuer ->
            router
                .post("/dev/token")
                .handler(BodyHandler.create(false).setBodyLimit(config.http().maxBodyBytes()))
                .handler(new DevelopmentTokens(issuer)::issue));
    router
        .get()
        .handler(
            StaticHandler.create("webroot")
                .setMaxAgeSeconds(MAX_AGE_SECONDS)
                .setIncludeHidden(false));
    router.route().handler(Answers::notFound);
    router.route().failureHandler(Routes::onFailure);
    return router;
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

  private void ensureOrigin(RoutingContext context) {
    if (origins.permits(Optional.ofNullable(context.request().getHeader("Origin")))) {
      context.next();
    } else {
      Answers.reject(context, Rejection.denied("This origin may not call"));
    }
  }

  private void scrape(RoutingContext context) {
    Answers.text(context, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
  }

  private void setGrant(RoutingContext context, boolean granted) {
    Answers.json(
        context,
        access.ensureAdmin(context.request()).compose(admin -> setGrant(context, admin, granted)));
  }

  private Future<JsonObject> setGrant(RoutingContext context, Caller admin, boolean granted) {
    RoomName room = RoomName.parse(context.pathParam("room")).orElseThrow(() -> invalid("room"));
    UserId user = UserId.parse(context.pathParam("user")).orElseThrow(() -> invalid("user"));
    Request request = new Request(admin, new SetGrant(room, user, granted));
    return bus.call(Addresses.rooms(bus.shards().of(room)), request, Reply.class)
        .map(_ -> new JsonObject().put("success", true));
  }

  private static RejectedException invalid(String field) {
    return new RejectedException(Rejection.invalid(field, "Not a valid " + field));
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
