package dev.parley.inbox;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import java.time.Instant;

/// An event that has not reached its user.
///
/// @param bytes what the log keeps of it
record Waiting(Envelope envelope, Instant at, int bytes) {
  /// Whether it goes out before all that is not.
  boolean isUrgent() {
    return envelope.event() instanceof NotificationCreated(var notification)
        && notification.priority().compareTo(Priority.HIGH) >= 0;
  }
}
