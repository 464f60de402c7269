package dev.parley.notifications;

import dev.parley.protocol.Notification;
import dev.parley.store.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Where a stream ends. The times of its notifications rise, whatever the clocks of the nodes say;
/// by microseconds, so that a rush of them does not run ahead of those of other streams.
///
/// @param at when its newest notification was made
record End(long seq, Instant at) {

  /// @param newest the newest notification, if there is one
  static End of(long seq, Optional<Notification> newest) {
    return new End(seq, newest.flatMap(End::timeOf).orElse(Instant.EPOCH));
  }

  /// Behind what others wrote meanwhile.
  End after(List<StoredEvent> missed) {
    End end = this;
    for (StoredEvent each : missed) {
      Instant at = Notices.notification(each).flatMap(End::timeOf).orElse(end.at);
      end = new End(each.seq(), at.isAfter(end.at) ? at : end.at);
    }
    return end;
  }

  End next(Instant now) {
    Instant soonest = at.plus(1, ChronoUnit.MICROS);
    Instant next = now.isBefore(soonest) ? soonest : now;
    return new End(seq + 1, next.truncatedTo(ChronoUnit.MICROS));
  }

  private static Optional<Instant> timeOf(Notification notification) {
    return NoticeId.parse(notification.id()).map(NoticeId::at);
  }
}
