package dev.parley.rest;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/// What every answer tells browsers not to do.
final class SecurityHeaders {
  private static final String CONTENT_POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final boolean tls;

  SecurityHeaders(boolean tls) {
    this.tls = tls;
  }

  void add(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("X-Frame-Options", "DENY")
        .set("Content-Security-Policy", CONTENT_POLICY);
    if (tls) {
      headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    context.next();
  }
}
