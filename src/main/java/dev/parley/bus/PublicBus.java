package dev.parley.bus;

import dev.parley.protocol.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/// The public addresses from the asker's side: on any node, from any thread.
public final class PublicBus {
  private final EventBus events;
  private final DeliveryOptions options;

  PublicBus(EventBus events, Duration timeout) {
    this.events = events;
    this.options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
  }

  /// Asks a public address.
  ///
  /// @return completes on the caller's context; fails with a [ReplyException] whose message is an
  ///   error code and whose number is that of HTTP: `UNAVAILABLE` also where nobody serves the
  ///   address or answers in time
  public Future<JsonObject> request(String address, JsonObject body) {
    return events
        .<JsonObject>request(address, body, options)
        .map(Message::body)
        .recover(failure -> Future.failedFuture(toCode(failure)));
  }

  private static Throwable toCode(Throwable failure) {
    return failure instanceof ReplyException reply
            && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE
        ? new ReplyException(
            reply.failureType(), ErrorCode.UNAVAILABLE.httpStatus(), ErrorCode.UNAVAILABLE.name())
        : failure;
  }
}
