package dev.parley.dialect;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.UserId;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What clients of `workspace` hear of notifications (`workspace.md`).
final class WorkspaceNotificationEvents {
  private WorkspaceNotificationEvents() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          List.of(
              frame(
                  "notification_created",
                  out -> write(out, notification),
                  userOf(notification.addressee())));
      case NotificationsMarked(var user, var marking, var ids, _, _) ->
          ids.isEmpty()
              ? List.of(frame(typeOf(marking), out -> out.flag("all", true), Optional.of(user)))
              : ids.stream()
                  .map(id -> frame(typeOf(marking), out -> out.text("id", id), Optional.of(user)))
                  .toList();
    };
  }

  /// Writes a notification's fields into the open object.
  static void write(JsonWriter out, Notification notification) {
    out.text("id", notification.id())
        .text("title", notification.title())
        .text("message", notification.message())
        .text("category", notification.category())
        .text("priority", wordOf(notification.priority()))
        .text("module_name", notification.module())
        .text("level", notification.level().word())
        .time("created_at", notification.createdAt());
    if (!notification.data().isEmpty()) {
      out.value("data", notification.data());
    }
  }

  /// The word for how much it matters.
  static String wordOf(Priority priority) {
    return switch (priority) {
      case LOW, NORMAL, HIGH -> priority.word();
      case URGENT -> "critical";
    };
  }

  private static String typeOf(Marking marking) {
    return switch (marking) {
      case READ -> "notification_read";
      case CLEARED -> "notification_cleared";
    };
  }

  private static Optional<UserId> userOf(Addressee addressee) {
    return switch (addressee) {
      case Addressee.ToUser(var user) -> Optional.of(user);
      case Addressee.ToRole _, Addressee.ToAll _ -> Optional.empty();
    };
  }

  private static OutFrame frame(String type, Consumer<JsonWriter> fields, Optional<UserId> user) {
    return FrameEncoder.TEXT.frame(
        out -> {
          fields.accept(
              out.text("type", "notification_event")
                  .text("event_type", type)
                  .object("notification"));
          out.end().text("user_id", user.map(UserId::value));
        });
  }
}
