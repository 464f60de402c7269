package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server that says what a test tells it to say, for what a real one does only when things go
/// wrong. It also serves `webroot/`.
final class ScriptedServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  ScriptedServer() {
    server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("parley.bearer"))
                .webSocketHandler(socket -> peers.add(new Peer(socket)))
                .requestHandler(ScriptedServer::serve)
                .listen(0, "127.0.0.1"));
  }

  private static void serve(HttpServerRequest request) {
    var response = request.response().putHeader("Content-Type", typeOf(request.path()));
    var sent =
        request.path().equals("/")
            ? response.end("<!doctype html><title>Script</title>")
            : response.sendFile("webroot" + request.path());
    sent.onFailure(_ -> request.connection().close().onFailure(_ -> {}));
  }

  private static String typeOf(String path) {
    return path.endsWith(".js") ? "text/javascript" : "text/html";
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.actualPort());
  }

  /// The next connection, once it is there.
  Peer accept() {
    return poll(peers, "connection");
  }

  /// The next connection, welcomed.
  Peer welcome(String connection) {
    Peer peer = accept();
    peer.send(
        new JsonObject()
            .put("type", "welcome")
            .put("connection_id", connection)
            .put("user", new JsonObject().put("user_id", "ada").put("username", "Ada")));
    return peer;
  }

  boolean hasConnectionWaiting() {
    return !peers.isEmpty();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T poll(BlockingQueue<T> queue, String what) {
    try {
      @Nullable T next = queue.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as(what).isNotNull();
      return Objects.requireNonNull(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("too late", e);
    }
  }

  /// One connection of the client, from the server's side.
  static final class Peer {
    private final ServerWebSocket socket;
    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();

    private Peer(ServerWebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    }

    /// What the client offered as subprotocols: the token is the second.
    String offered() {
      return socket.headers().get("Sec-WebSocket-Protocol");
    }

    /// The next frame of the client, which must have this type.
    JsonObject read(String type) {
      JsonObject frame = poll(frames, "frame");
      assertThat(frame.getString("type")).as("type of %s", frame.encode()).isEqualTo(type);
      return frame;
    }

    boolean hasFrameWaiting() {
      return !frames.isEmpty();
    }

    void send(JsonObject frame) {
      await(socket.writeTextMessage(frame.encode()));
    }

    void answer(JsonObject request, JsonObject result) {
      send(result.copy().put("type", "ok").put("id", request.getString("id")));
    }

    void refuse(JsonObject request, String code) {
      send(
          new JsonObject()
              .put("type", "error")
              .put("id", request.getString("id"))
              .put("code", code)
              .put("error", "no"));
    }

    void close(int code) {
      await(socket.close((short) code));
    }
  }
}
