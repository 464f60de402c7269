package dev.parley.bus;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests at public addresses. What is refused is told by its code alone; the reason is
/// in the log, at debug, for who writes the verticle that asks.
final class PublicAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(PublicAnswers.class);

  private PublicAnswers() {}

  static void answer(Message<?> message, Function<JsonObject, Future<JsonObject>> handler) {
    ask(message, handler).onComplete(message::reply, failure -> fail(message, failure));
  }

  private static Future<JsonObject> ask(
      Message<?> message, Function<JsonObject, Future<JsonObject>> handler) {
    if (!(message.body() instanceof JsonObject body)) {
      return Future.failedFuture(
          new RejectedException(
              Rejection.of(ErrorCode.INVALID_JSON, "The body must be a JSON object")));
    }
    try {
      return handler.apply(body);
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }

  private static void fail(Message<?> message, Throwable failure) {
    Rejection rejection = toRejection(message, failure);
    message.fail(rejection.code().httpStatus(), rejection.code().name());
  }

  private static Rejection toRejection(Message<?> message, Throwable failure) {
    if (failure instanceof RejectedException expected) {
      Rejection rejection = expected.rejection();
      LOG.atDebug()
          .addKeyValue("address", message.address())
          .addKeyValue("code", rejection.code())
          .addKeyValue("error", rejection.text())
          .log("a public request was refused");
      return rejection;
    }
    LOG.atError()
        .setCause(failure)
        .addKeyValue("address", message.address())
        .log("a public request failed");
    return Rejection.internal();
  }
}
