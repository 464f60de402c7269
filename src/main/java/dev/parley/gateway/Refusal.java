package dev.parley.gateway;

import dev.parley.gateway.transport.Protection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/// An answer to somebody who does not come in at all.
///
/// @param retryAfter seconds
record Refusal(int status, String text, Optional<Integer> retryAfter) {
  static Refusal busy(String text) {
    return new Refusal(503, text, Optional.of(1));
  }

  static Refusal forbidden(String text) {
    return new Refusal(403, text, Optional.empty());
  }

  static Refusal tooManyFailures() {
    return new Refusal(429, "Too many failed authentications", Optional.of(60));
  }

  static Refusal upgradeNeeded() {
    return new Refusal(426, "This path is for WebSocket connections", Optional.empty());
  }

  void answer(HttpServerRequest request) {
    HttpServerResponse response = Protection.of(request).setStatusCode(status);
    if (status == 426) {
      response.putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
    }
    retryAfter.ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
    var _ = response.end(text);
  }
}
