package dev.parley.rest;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How requests are answered.
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static void json(RoutingContext context, int status, JsonObject body) {
    write(
        context.response().setStatusCode(status).putHeader("Content-Type", "application/json"),
        body.encode());
  }

  /// Answers with what the future brings, or with its failure.
  static void json(RoutingContext context, Future<JsonObject> body) {
    body.onComplete(result -> json(context, 200, result), failure -> fail(context, failure));
  }

  static void reject(RoutingContext context, Rejection rejection) {
    JsonObject body =
        new JsonObject().put("error", rejection.text()).put("code", rejection.code().name());
    rejection.field().ifPresent(field -> body.put("field", field));
    rejection
        .retryAfter()
        .ifPresent(
            wait ->
                context.response().putHeader("Retry-After", Long.toString(wait.toSeconds() + 1)));
    json(context, rejection.code().httpStatus(), body);
  }

  static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof RejectedException expected) {
      reject(context, expected.rejection());
      return;
    }
    LOG.atError()
        .setCause(failure)
        .addKeyValue("path", context.normalizedPath())
        .log("a request failed");
    reject(context, Rejection.internal());
  }

  static void notFound(RoutingContext context) {
    reject(context, Rejection.of(ErrorCode.NOT_FOUND, "There is nothing here"));
  }

  static void text(RoutingContext context, int status, String type, String body) {
    write(context.response().setStatusCode(status).putHeader("Content-Type", type), body);
  }

  private static void write(HttpServerResponse response, String body) {
    if (!response.ended()) {
      var _ = response.end(body);
    }
  }
}
