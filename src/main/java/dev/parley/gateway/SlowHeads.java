package dev.parley.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Ends connections that take too long to send the head of their first request. Belongs to one
/// loop.
final class SlowHeads {
  private final Vertx vertx;
  private final Duration timeout;
  private final Map<HttpConnection, Long> timers = new HashMap<>();

  SlowHeads(Vertx vertx, Duration timeout) {
    this.vertx = vertx;
    this.timeout = timeout;
  }

  /// A client has connected and said nothing yet.
  void onConnection(HttpConnection connection) {
    timers.put(connection, vertx.setTimer(timeout.toMillis(), _ -> onTimeout(connection)));
    connection.closeHandler(_ -> forget(connection));
  }

  /// The head of a request is there.
  void forget(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void onTimeout(HttpConnection connection) {
    timers.remove(connection);
    var _ = connection.close();
  }
}
