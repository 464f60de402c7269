package dev.parley.dialect;

import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.function.Consumer;

/// What clients of `aether` hear of notifications (`aether.md`).
final class AetherNotificationEvents {
  private AetherNotificationEvents() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          List.of(frame("created", out -> write(out, notification, false)));
      case NotificationsMarked(_, var marking, var ids, _, _) ->
          ids.isEmpty()
              ? List.of(frame("updated", out -> marked(out.flag("all", true), marking)))
              : ids.stream()
                  .map(id -> frame("updated", out -> marked(out.text("id", id), marking)))
                  .toList();
    };
  }

  /// Writes a notification's fields, as they also are in the initial state, into the open object.
  static void write(JsonWriter out, Notification.Received received) {
    write(out, received.notification(), received.read());
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

  /// What was cleared is read, too.
  private static void marked(JsonWriter out, Marking marking) {
    out.flag("read", true);
    if (marking == Marking.CLEARED) {
      out.flag("cleared", true);
    }
  }

  private static OutFrame frame(String action, Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.frame(
        out -> {
          fields.accept(out.text("type", "notification").text("action", action).object("data"));
          out.end();
        });
  }
}
