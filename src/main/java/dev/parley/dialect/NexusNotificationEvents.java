package dev.parley.dialect;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/// What clients of `nexus` hear of notifications (`nexus.md`). What was read or cleared comes in
/// the words in which it was asked.
final class NexusNotificationEvents {
  private NexusNotificationEvents() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          FrameEncoder.TEXT.one(out -> created(out, notification));
      case NotificationsMarked(_, var marking, var ids, long unread, var at) -> {
        String type =
            switch (marking) {
              case READ -> "notification.read";
              case CLEARED -> "notification.clear";
            };
        yield ids.isEmpty()
            ? List.of(all(type, unread, at))
            : ids.stream().map(id -> one(type, id, unread, at)).toList();
      }
    };
  }

  private static void created(JsonWriter out, Notification notification) {
    out.text(NexusEvents.TYPE, "notification")
        .text("notification_id", notification.id())
        .text("title", notification.title())
        .text("message", notification.message())
        .text("notification_type", typeOf(notification.level()))
        .text("priority", notification.priority().word())
        .time("timestamp", notification.createdAt())
        .value("data", notification.data());
  }

  private static String typeOf(Level level) {
    return switch (level) {
      case INFO, SUCCESS, WARNING, ERROR -> level.word();
      case CRITICAL -> "alert";
    };
  }

  private static OutFrame one(String type, String id, long unread, Instant at) {
    return FrameEncoder.TEXT.frame(
        out ->
            out.text(NexusEvents.TYPE, type)
                .text("notification_id", id)
                .number("unread_count", unread)
                .time("timestamp", at));
  }

  private static OutFrame all(String type, long unread, Instant at) {
    return FrameEncoder.TEXT.frame(
        out ->
            out.text(NexusEvents.TYPE, type)
                .flag("all", true)
                .number("unread_count", unread)
                .time("timestamp", at));
  }
}
