package dev.parley.notifications;

import dev.parley.protocol.Notification;
import dev.parley.store.IdempotencyKey;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A notification that is to be kept; it has no id and no time yet.
///
/// @param key of those that may be asked for twice
record Draft(Notification notification, Optional<IdempotencyKey> key) {
  /// With its place and its time.
  Notification as(NoticeId id) {
    return new Notification(
        id.toString(),
        notification.addressee(),
        notification.title(),
        notification.message(),
        notification.category(),
        notification.module(),
        notification.priority(),
        notification.level(),
        notification.data(),
        id.at().truncatedTo(ChronoUnit.MILLIS));
  }
}
