package dev.parley.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// An HTTP server with one transport at `/ws` (and `/echo`, which sends every message back), as the
/// gateway would have it: behind a router, with other routes beside.
final class TransportServer implements AutoCloseable {
  static final int MAX_MESSAGE_BYTES = 256 * 1024;
  static final TransportSettings SETTINGS =
      new TransportSettings(MAX_MESSAGE_BYTES, true, true, Optional.empty(), 32 * 1024, 64 * 1024);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> refused = new LinkedBlockingQueue<>();
  private final Upgrader upgrader;
  private final HttpServer server;
  volatile TransportSettings settings = SETTINGS;
  volatile Consumer<HttpServerRequest> beforeUpgrade = _ -> {};

  TransportServer(Function<Vertx, Upgrader> upgrader) {
    this(upgrader, new HttpServerOptions());
  }

  TransportServer(Function<Vertx, Upgrader> upgrader, HttpServerOptions options) {
    this.upgrader = upgrader.apply(vertx);
    var router = Router.router(vertx);
    router
        .get("/hello")
        .handler(routing -> routing.response().end("hello").onFailure(refused::add));
    router.get("/ws").handler(routing -> upgrade(routing, false));
    router.get("/echo").handler(routing -> upgrade(routing, true));
    router.get("/later").handler(this::upgradeLater);
    this.server =
        await(
            vertx
                .createHttpServer(Upgrader.prepare(options, MAX_MESSAGE_BYTES))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
  }

  private void upgrade(RoutingContext routing, boolean echoes) {
    beforeUpgrade.accept(routing.request());
    var _ =
        upgrader
            .upgrade(
                routing.request(),
                settings,
                transport -> {
                  var peer = new Peer(transport, echoes);
                  peers.add(peer);
                  return peer;
                })
            .onFailure(refused::add);
  }

  /// As a gateway does that must ask somebody first.
  private void upgradeLater(RoutingContext routing) {
    var _ = routing.request().pause();
    vertx.setTimer(20, _ -> upgrade(routing, true));
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.actualPort();
  }

  /// The next connection that was accepted.
  @CanIgnoreReturnValue
  Peer peer() {
    return next(peers, "a connection");
  }

  Throwable refused() {
    return next(refused, "a refusal");
  }

  /// As new for the next test.
  void forget() {
    peers.clear();
    refused.clear();
    settings = SETTINGS;
    beforeUpgrade = _ -> {};
  }

  Future<Void> stop() {
    return server.close();
  }

  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(Peer.DEADLINE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static <T> T next(BlockingQueue<T> queue, String what) {
    try {
      var next = queue.poll(Peer.DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as(what).isNotNull();
      return Objects.requireNonNull(next);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
