package dev.parley.gateway.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Optional;
import java.util.function.Function;

/// Takes the channel of an upgraded request over from Vert.x.
///
/// Our handler is put before that of Vert.x first, so that it gets whatever the HTTP decoder has
/// read beyond the request when Vert.x removes it; then Vert.x answers 101 and takes its HTTP
/// handlers off; then its last handler, and with it the request, the response and two queues, is
/// let go.
final class LeanUpgrader implements Upgrader {
  private static final String NAME = "parley";

  @Override
  public Future<Transport> upgrade(
      HttpServerRequest request,
      TransportSettings settings,
      Function<Transport, TransportListener> starter) {
    return switch (Handshake.of(request)) {
      case Handshake.Refused refused -> refused.answer(request);
      case Handshake.Valid(var accept) -> accept(request, accept, settings, starter);
    };
  }

  private static Future<Transport> accept(
      HttpServerRequest request,
      String accept,
      TransportSettings settings,
      Function<Transport, TransportListener> starter) {
    var vertx = ((ConnectionBase) request.connection()).channelHandlerContext();
    var extensions = extensions(request, settings);
    var context = ((HttpServerRequestInternal) request).context().unwrap();
    var connection = new LeanConnection(vertx.channel(), context, settings, extensions.isPresent());
    vertx.pipeline().addBefore(vertx.name(), NAME, connection);
    answer(request, accept, settings.subprotocol(), extensions);
    return request
        .toNetSocket()
        .onFailure(_ -> vertx.pipeline().remove(connection))
        .map(socket -> takeOver(socket, settings, connection).start(starter));
  }

  private static Optional<String> extensions(
      HttpServerRequest request, TransportSettings settings) {
    var offers = request.headers().getAll("Sec-WebSocket-Extensions");
    return settings.compression() && !offers.isEmpty()
        ? DeflateOffer.answer(String.join(",", offers))
        : Optional.empty();
  }

  private static void answer(
      HttpServerRequest request,
      String accept,
      Optional<String> subprotocol,
      Optional<String> extensions) {
    var response = request.response();
    response
        .putHeader(HttpHeaders.UPGRADE, "websocket")
        .putHeader(HttpHeaders.CONNECTION, "Upgrade")
        .putHeader("Sec-WebSocket-Accept", accept);
    subprotocol.ifPresent(name -> response.putHeader("Sec-WebSocket-Protocol", name));
    extensions.ifPresent(answer -> response.putHeader("Sec-WebSocket-Extensions", answer));
  }

  private static LeanConnection takeOver(
      NetSocket socket, TransportSettings settings, LeanConnection connection) {
    var vertx = ((NetSocketInternal) socket).channelHandlerContext();
    var pipeline = vertx.pipeline();
    var handler = pipeline.remove(vertx.name());
    remove(vertx, IdleStateHandler.class);
    remove(vertx, HttpContentDecompressor.class);
    endForVertx(vertx, handler);
    vertx
        .channel()
        .config()
        .setWriteBufferWaterMark(
            new WriteBufferWaterMark(settings.lowWaterBytes(), settings.highWaterBytes()));
    return connection;
  }

  private static void remove(
      ChannelHandlerContext vertx, Class<? extends ChannelHandler> superfluous) {
    if (vertx.pipeline().get(superfluous) != null) {
      vertx.pipeline().remove(superfluous);
    }
  }

  /// For Vert.x, and its metrics, request and connection end here.
  private static void endForVertx(ChannelHandlerContext vertx, ChannelHandler handler) {
    if (handler instanceof VertxHandler<?> left) {
      left.channelInactive(vertx);
    }
  }
}
