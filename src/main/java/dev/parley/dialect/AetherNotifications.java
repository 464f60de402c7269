package dev.parley.dialect;

import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.Reply;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.function.Consumer;

/// Notifications as clients of `aether` know them.
final class AetherNotifications {
  private AetherNotifications() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          List.of(frame("created", out -> write(out, notification, false)));
      case NotificationsMarked marked when marked.ids().isEmpty() ->
          List.of(frame("updated", out -> mark(out.flag("all", true), marked.marking())));
      case NotificationsMarked marked ->
          marked.ids().stream()
              .map(id -> frame("updated", out -> mark(out.text("id", id), marked.marking())))
              .toList();
    };
  }

  /// `data` of the initial state.
  static void writePage(JsonWriter out, Reply.Notifications page) {
    out.object("data").array("notifications");
    for (Notification.Received received : page.notifications()) {
      write(out.object(), received.notification(), received.read());
      out.end();
    }
    out.end().number("unread_count", page.unread()).end();
  }

  private static void mark(JsonWriter out, Marking marking) {
    out.flag("read", true);
    if (marking == Marking.CLEARED) {
      out.flag("cleared", true);
    }
  }

  private static void write(JsonWriter out, Notification notification, boolean read) {
    out.text("id", notification.id())
        .text("title", notification.title())
        .text("message", notification.message())
        .text("level", notification.level().word())
        .text("category", notification.category())
        .time("created_at", notification.createdAt())
        .flag("read", read);
  }

  private static OutFrame frame(String action, Consumer<JsonWriter> data) {
    return FrameEncoder.TEXT.frame(
        out -> {
          data.accept(out.text("type", "notification").text("action", action).object("data"));
          out.end();
        });
  }
}
