package dev.parley.gateway.transport;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Function;

/// Lets Vert.x upgrade the request.
final class PortableUpgrader implements Upgrader {
  private final Vertx vertx;

  PortableUpgrader(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Transport> upgrade(
      HttpServerRequest request,
      TransportSettings settings,
      Function<Transport, TransportListener> starter) {
    return switch (Handshake.of(request)) {
      case Handshake.Refused refused -> refused.answer(request);
      case Handshake.Valid _ -> accept(request, settings, starter);
    };
  }

  private Future<Transport> accept(
      HttpServerRequest request,
      TransportSettings settings,
      Function<Transport, TransportListener> starter) {
    settings
        .subprotocol()
        .ifPresent(name -> request.response().putHeader("Sec-WebSocket-Protocol", name));
    var raw = new NettySocket(((ConnectionBase) request.connection()).channel());
    return request.toWebSocket().map(socket -> start(socket, raw, settings, starter));
  }

  private Transport start(
      ServerWebSocket socket,
      RawSocket raw,
      TransportSettings settings,
      Function<Transport, TransportListener> starter) {
    var _ = socket.setWriteQueueMaxSize(settings.highWaterBytes());
    return new PortableConnection(vertx, socket, raw, settings).start(starter);
  }

  private record NettySocket(Channel channel) implements RawSocket {
    @Override
    public void flush() {
      var _ = channel.flush();
    }

    @Override
    public void sever() {
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
  }
}
