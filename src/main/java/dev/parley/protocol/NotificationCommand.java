package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/// About notifications.
public sealed interface NotificationCommand extends Command {
  /// Keeps a notification and tells it; its id and time are given by the server. No dialect decodes
  /// to one. Answered by [Reply.NotificationKept].
  record CreateNotification(Notification draft) implements NotificationCommand {}

  /// The caller's notifications and those for all or for a role of theirs, newest first. Answered
  /// by [Reply.Notifications].
  ///
  /// @param before the id of the last one of the page before
  /// @param limit 1–200
  record ListNotifications(boolean unreadOnly, Optional<String> before, int limit)
      implements NotificationCommand {}

  /// The caller has read some. Answered by [Reply.NotificationsMarked].
  ///
  /// @param ids empty for all
  record ReadNotifications(List<String> ids) implements NotificationCommand {
    public ReadNotifications {
      ids = List.copyOf(ids);
    }
  }

  /// The caller wants to see some no more. Answered by [Reply.NotificationsMarked].
  ///
  /// @param ids empty for all
  record ClearNotifications(List<String> ids) implements NotificationCommand {
    public ClearNotifications {
      ids = List.copyOf(ids);
    }
  }
}
