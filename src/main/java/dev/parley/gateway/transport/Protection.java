package dev.parley.gateway.transport;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// What every HTTP answer tells browsers not to do (`connection.md`), where a request for a
/// connection is refused.
public final class Protection {
  private Protection() {}

  /// The request's answer, with those headers.
  public static HttpServerResponse of(HttpServerRequest request) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("X-Frame-Options", "DENY");
    return request.isSSL()
        ? response.putHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        : response;
  }
}
