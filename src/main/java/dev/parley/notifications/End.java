package dev.parley.notifications;

import dev.parley.protocol.Notification;
import dev.parley.store.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Where a stream ends. The times of its notifications rise, whatever the clocks of the nodes say.
///
/// @param at when its newest notification was made
record End(long seq, Instant at) {
  private static final Instant NEVER = Instant.EPOCH;

  /// @param newest the newest notification, if there is one
  static End of(long seq, Optional<Notification> newest) {
    return new End(seq, newest.map(Notification::createdAt).orElse(NEVER));
  }

  /// Behind what others wrote meanwhile.
  End after(List<StoredEvent> missed) {
    End end = this;
    for (StoredEvent each : missed) {
      Instant at = Notices.notification(each).map(Notification::createdAt).orElse(end.at);
      end = new End(each.seq(), at.isAfter(end.at) ? at : end.at);
    }
    return end;
  }

  End next(Instant now) {
    Instant soonest = at.plusMillis(1);
    Instant next = now.isBefore(soonest) ? soonest : now;
    return new End(seq + 1, next.truncatedTo(ChronoUnit.MILLIS));
  }
}
