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

/// Notifications as clients of `workspace` know them. What is urgent is `critical` here.
final class WorkspaceNotifications {
  private static final String CRITICAL = "critical";

  private WorkspaceNotifications() {}

  static List<OutFrame> encode(NotificationEvent event) {
    return switch (event) {
      case NotificationCreated(var notification) ->
          List.of(
              frame(
                  "notification_created",
                  userOf(notification.addressee()),
                  out -> write(out, notification)));
      case NotificationsMarked marked when marked.marking() == Marking.CLEARED -> List.of();
      case NotificationsMarked marked when marked.ids().isEmpty() ->
          List.of(read(marked, out -> out.flag("all", true)));
      case NotificationsMarked marked ->
          marked.ids().stream().map(id -> read(marked, out -> out.text("id", id))).toList();
    };
  }

  static Optional<Priority> priority(String word) {
    return word.equals(CRITICAL)
        ? Optional.of(Priority.URGENT)
        : Priority.parse(word).filter(priority -> priority != Priority.URGENT);
  }

  static void writeFilter(JsonWriter out, Notification.Filter filter) {
    out.texts("categories", filter.categories())
        .texts("modules", filter.modules())
        .texts(
            "priorities",
            filter.priorities().stream().map(WorkspaceNotifications::wordOf).toList());
  }

  private static String wordOf(Priority priority) {
    return priority == Priority.URGENT ? CRITICAL : priority.word();
  }

  private static Optional<UserId> userOf(Addressee addressee) {
    return switch (addressee) {
      case Addressee.ToUser(var user) -> Optional.of(user);
      case Addressee.ToRole _, Addressee.ToAll _ -> Optional.empty();
    };
  }

  private static void write(JsonWriter out, Notification notification) {
    out.text("id", notification.id())
        .text("title", notification.title())
        .text("message", notification.message())
        .text("category", notification.category())
        .text("priority", wordOf(notification.priority()))
        .value("module_name", notification.module().orElse(null))
        .text("level", notification.level().word());
  }

  private static OutFrame read(NotificationsMarked marked, Consumer<JsonWriter> which) {
    return frame(
        "notification_read",
        Optional.of(marked.user()),
        out -> which.accept(out.flag("read", true)));
  }

  private static OutFrame frame(
      String eventType, Optional<UserId> user, Consumer<JsonWriter> notification) {
    return FrameEncoder.TEXT.frame(
        out -> {
          out.text("type", "notification_event").text("event_type", eventType);
          notification.accept(out.object("notification"));
          out.end().value("user_id", user.map(UserId::value).orElse(null));
        });
  }
}
