package dev.parley.notifications;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.notifications.NoticeWriter.Kept;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.Topic;
import io.vertx.core.Future;
import java.util.Optional;

/// Keeps notifications, then tells whom they are for.
final class Creation {
  private final NoticeWriter writer;
  private final MessageBus bus;
  private final NodeId node;

  /// @param node the one it runs on
  Creation(NoticeWriter writer, MessageBus bus, NodeId node) {
    this.writer = writer;
    this.bus = bus;
    this.node = node;
  }

  Future<Outcome> create(Caller caller, Notification notification) {
    Optional<Rejection> refusal = DraftRules.refuse(caller, notification);
    return refusal.isPresent()
        ? Future.succeededFuture(refusal.get())
        : keep(new Draft(notification, Optional.empty()))
            .compose(kept -> kept.map(this::answer).orElseGet(Creation::repeated));
  }

  /// @return empty if one with the draft's key was kept before; nobody is told again
  Future<Optional<Notification>> keep(Draft draft) {
    return writer
        .write(draft)
        .onSuccess(kept -> kept.ifPresent(this::tell))
        .map(kept -> kept.map(Kept::notification));
  }

  private void tell(Kept kept) {
    Notification notification = kept.notification();
    bus.publish(
        Envelope.durable(
            new NotificationCreated(notification),
            Topic.of(notification.addressee()),
            kept.stamp()));
  }

  private Future<Outcome> answer(Notification kept) {
    Request question = new Request(Caller.SERVER, new Count(new Recipients.Hearing(kept)));
    return bus.call(Addresses.connections(node), question, Reply.Delivered.class)
        .map(Reply.Delivered::count)
        .otherwise(0)
        .map(count -> new Reply.NotificationKept(kept, count));
  }

  private static Future<Outcome> repeated() {
    return Future.succeededFuture(
        Rejection.of(ErrorCode.CONFLICT, "This notification was kept before"));
  }
}
