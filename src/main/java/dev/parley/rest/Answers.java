package dev.parley.rest;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes answers. Errors have the shape that their path asks for, all of them here.
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final String JSON = "application/json";

  private Answers() {}

  static void write(RoutingContext context, Answer answer) {
    end(
        context.response().setStatusCode(answer.status()).putHeader("Content-Type", JSON),
        Buffer.buffer(answer.body()));
  }

  static void fail(RoutingContext context, Throwable failure) {
    switch (failure) {
      case RejectedException expected -> reject(context, expected.rejection());
      case UnsupportedTypeException _ ->
          reject(
              context,
              415,
              Rejection.of(ErrorCode.INVALID_JSON, String.valueOf(failure.getMessage())));
      case HttpException refused ->
          reject(context, refused.getStatusCode(), HttpStatus.toRejection(refused.getStatusCode()));
      default -> {
        LOG.atError()
            .setCause(failure)
            .addKeyValue("path", context.request().path())
            .log("a request failed");
        reject(context, Rejection.internal());
      }
    }
  }

  static void reject(RoutingContext context, Rejection rejection) {
    reject(context, rejection.code().httpStatus(), rejection);
  }

  /// @param status where HTTP has a better word than the code
  static void reject(RoutingContext context, int status, Rejection rejection) {
    rejection
        .retryAfter()
        .ifPresent(
            wait -> context.response().putHeader("Retry-After", Long.toString(seconds(wait))));
    Shape shape = Shape.of(String.valueOf(context.request().path()));
    write(context, Answer.of(status, out -> shape.write(out, rejection)));
  }

  static void notFound(RoutingContext context) {
    reject(context, Rejection.of(ErrorCode.NOT_FOUND, "There is nothing here"));
  }

  static void text(RoutingContext context, int status, String type, String body) {
    end(
        context.response().setStatusCode(status).putHeader("Content-Type", type),
        Buffer.buffer(body));
  }

  /// Whole seconds, never too few.
  static long seconds(Duration wait) {
    return wait.toSeconds() + 1;
  }

  private static void end(HttpServerResponse response, Buffer body) {
    if (!response.ended() && !response.closed()) {
      var _ = response.end(body);
    }
  }
}
