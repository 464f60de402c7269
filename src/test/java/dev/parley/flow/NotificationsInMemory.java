package dev.parley.flow;

import dev.parley.Await;
import dev.parley.TestNode;
import dev.parley.bus.Addresses;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers for notifications on a node of two loops, and remembers who asked what.
final class NotificationsInMemory {
  private final List<MessageConsumer<Request>> consumers = new ArrayList<>();
  private final List<Notification.Received> list = new CopyOnWriteArrayList<>();
  private final List<UserId> callers = new CopyOnWriteArrayList<>();
  private final List<ReadNotifications> reads = new CopyOnWriteArrayList<>();
  private volatile Future<Void> ready = Future.succeededFuture();

  static NotificationsInMemory on(TestNode node) {
    NotificationsInMemory notifications = new NotificationsInMemory();
    for (int shard = 0; shard < 2; shard++) {
      notifications.consumers.add(
          node.bus().serve(Addresses.notifications(shard), notifications::serve));
    }
    return notifications;
  }

  void add(Notification notification) {
    list.add(new Notification.Received(notification, false));
  }

  /// Lists are answered when this is complete.
  Promise<Void> answerAfter() {
    Promise<Void> permission = Promise.promise();
    ready = permission.future();
    return permission;
  }

  List<UserId> callers() {
    return callers;
  }

  List<ReadNotifications> reads() {
    return reads;
  }

  void close() {
    consumers.forEach(consumer -> Await.result(consumer.unregister()));
  }

  private Future<Outcome> serve(Request request) {
    return switch (request.command()) {
      case ListNotifications _ -> {
        callers.add(request.caller().user());
        yield ready.map(_ -> new Reply.Notifications(list, list.size(), false));
      }
      case ReadNotifications read -> {
        reads.add(read);
        yield Future.succeededFuture(new Reply.NotificationsMarked(1, 0));
      }
      default -> throw new IllegalArgumentException("not for notifications");
    };
  }
}
