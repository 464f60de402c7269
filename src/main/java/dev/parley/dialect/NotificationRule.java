package dev.parley.dialect;

import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Filter;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.TopicName;
import java.util.Optional;
import java.util.function.Predicate;

/// Which notifications a connection gets, of those that are for its user: to them alone, to a role
/// of theirs, or to all.
public enum NotificationRule {
  /// Every one.
  ALL,

  /// Those to the user alone, until the connection says which it wants ([Filter]); all, if it
  /// subscribed to the topic.
  ASKED,

  /// None, until the connection subscribes to the topic `notifications` or to `all`.
  SUBSCRIBED;

  /// @param filter what the connection asked for, if it did
  /// @param topics those that the connection subscribed to
  public boolean admits(
      NotificationEvent event, Optional<Filter> filter, Predicate<TopicName> topics) {
    return switch (event) {
      case NotificationCreated(Notification notification) ->
          filter
              .map(wanted -> wanted.admits(notification))
              .orElseGet(() -> admitsUnasked(notification, topics));
      case NotificationsMarked _ -> this != SUBSCRIBED || isSubscribed(topics);
    };
  }

  private boolean admitsUnasked(Notification notification, Predicate<TopicName> topics) {
    return switch (this) {
      case ALL -> true;
      case ASKED -> notification.addressee() instanceof Addressee.ToUser || isSubscribed(topics);
      case SUBSCRIBED -> isSubscribed(topics);
    };
  }

  private static boolean isSubscribed(Predicate<TopicName> topics) {
    return topics.test(TopicName.NOTIFICATIONS) || topics.test(TopicName.ALL);
  }
}
