package dev.parley.gateway;

import dev.parley.feed.LoopFeed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/// One event loop's share of the listening port: upgrades go to the [Door], all else to the HTTP
/// routes.
final class GatewayVerticle extends VerticleBase {
  private final GatewayContext shared;
  private final Handler<HttpServerRequest> routes;

  GatewayVerticle(GatewayContext shared, Handler<HttpServerRequest> routes) {
    this.shared = shared;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    LoopFeed feed = shared.hub().attachLoop();
    Wheel wheel = new Wheel(shared.clock());
    wheel.start(vertx);
    LoopServices services =
        new LoopServices(
            vertx,
            shared.node(),
            shared.clock(),
            shared.bus(),
            shared.hub(),
            feed,
            new Gate(vertx, shared.bus(), shared.pulse(), shared.clock()),
            shared.identity(),
            wheel,
            shared.meters());
    Door door = new Door(services, shared.reception(), shared.upgrader());
    SlowHeads slowHeads = new SlowHeads(vertx, shared.listener().handshakeTimeout());
    HttpServer server =
        vertx
            .createHttpServer(shared.listener().options())
            .connectionHandler(slowHeads::onConnection)
            .requestHandler(request -> serve(request, slowHeads, door));
    return server.listen().onSuccess(shared.listener()::onListening);
  }

  private void serve(HttpServerRequest request, SlowHeads slowHeads, Door door) {
    slowHeads.forget(request.connection());
    shared
        .endpoints()
        .find(request)
        .ifPresentOrElse(endpoint -> door.open(request, endpoint), () -> routes.handle(request));
  }
}
