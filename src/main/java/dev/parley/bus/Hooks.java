package dev.parley.bus;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what an application's consumer answered, or how it failed.
final class Hooks {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  private Hooks() {}

  /// A reply without a body says nothing more than that it was done.
  static JsonObject toAnswer(Message<?> reply) {
    return switch (reply.body()) {
      case null -> new JsonObject();
      case JsonObject answer -> answer;
      default -> throw new IllegalArgumentException("the answer is no JSON object");
    };
  }

  /// @return empty if nobody is registered
  static Future<Optional<JsonObject>> onFailure(String address, Throwable failure) {
    boolean nobody =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    return nobody
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(new RejectedException(toRejection(address, failure)));
  }

  private static Rejection toRejection(String address, Throwable failure) {
    if (failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
      Optional<ErrorCode> code = Optional.ofNullable(reply.getMessage()).flatMap(ErrorCode::parse);
      if (code.isPresent()) {
        return Rejection.of(code.get(), "Refused by the application");
      }
    }
    LOG.atWarn()
        .addKeyValue("address", address)
        .addKeyValue("error", failure.getMessage())
        .log("an application did not answer well");
    return isLate(failure)
        ? Rejection.of(ErrorCode.UNAVAILABLE, "The application did not answer in time")
        : Rejection.internal();
  }

  private static boolean isLate(Throwable failure) {
    return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
  }
}
