package dev.parley.gateway.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/// Turns requests into connections. Both kinds may serve the same `HttpServer`, beside other
/// routes.
public sealed interface Upgrader permits LeanUpgrader, PortableUpgrader {
  /// On the upgraded socket itself: fast and small (`performance.md`, reach B).
  static Upgrader lean() {
    return new LeanUpgrader();
  }

  /// On the public API of Vert.x: for a version of it that the lean one does not know yet. Without
  /// compression, which that API can neither share nor bound; with a flush per frame outside of a
  /// read; a violation that Vert.x finds itself is answered, but the socket goes right after.
  static Upgrader portable(Vertx vertx) {
    return new PortableUpgrader(vertx);
  }

  /// Sets what the server of either kind must have, in `options` itself.
  ///
  /// @param maxMessageBytes the largest message that any connection will ever be allowed
  /// @return `options`
  static HttpServerOptions prepare(HttpServerOptions options, int maxMessageBytes) {
    return ServerSettings.apply(options, maxMessageBytes);
  }

  /// Answers a request for a WebSocket and starts the connection. Must be called on the request's
  /// event loop, before the request is over or with it paused; in the turn in which it came, or
  /// frames that a client sent without waiting for the answer are lost.
  ///
  /// @param starter called once, if the handshake is good, before anything comes in
  /// @return fails with [HandshakeRefusedException] once the request has been answered so
  Future<Transport> upgrade(
      HttpServerRequest request,
      TransportSettings settings,
      Function<Transport, TransportListener> starter);
}
