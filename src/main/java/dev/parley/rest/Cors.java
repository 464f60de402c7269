package dev.parley.rest;

import dev.parley.auth.address.OriginPolicy;
import dev.parley.protocol.Rejection;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Lets pages of permitted origins call, and read what they are answered; foreign ones not at all.
/// Tokens come in a header, never in a cookie, so no credentials are permitted.
final class Cors {
  private static final String MAX_AGE_SECONDS = "600";

  private final OriginPolicy origins;

  Cors(OriginPolicy origins) {
    this.origins = origins;
  }

  void check(RoutingContext context) {
    context.response().putHeader("Vary", "Origin");
    Optional<String> origin = Optional.ofNullable(context.request().getHeader("Origin"));
    if (!origins.permits(origin)) {
      Answers.reject(context, Rejection.denied("This origin may not call"));
      return;
    }
    origin.ifPresent(known -> permit(context.response().headers(), known));
    context.next();
  }

  private static void permit(MultiMap headers, String origin) {
    headers
        .set("Access-Control-Allow-Origin", origin)
        .set("Access-Control-Expose-Headers", "Retry-After");
  }

  /// Answers the question of a browser, or of anybody, what may be called here.
  ///
  /// @param methods joined by commas
  static void answerOptions(RoutingContext context, String methods) {
    MultiMap headers = context.response().headers().set("Allow", methods);
    if (context.request().getHeader("Origin") != null) {
      headers
          .set("Access-Control-Allow-Methods", methods)
          .set("Access-Control-Allow-Headers", "Authorization, Content-Type")
          .set("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
    var _ = context.response().setStatusCode(204).end();
  }
}
