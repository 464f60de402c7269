package dev.parley.gateway;

import dev.parley.dialect.Dialect;
import dev.parley.feed.Delivery;
import dev.parley.observe.Meters;
import dev.parley.observe.Meters.Dropped;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which events reach the client of a session, and when. Belongs to the session.
///
/// An event is written if the client listens to it and no filter of it keeps it out; not before the
/// opening frames, and one of a job not before the answer that says how jobs stand.
final class SessionEvents {
  /// Events that may wait for the opening frames.
  private static final int MAX_EARLY = 256;

  private final Session session;
  private final Dialect dialect;
  private final Outbox outbox;
  private final SessionRooms rooms;
  private final SessionTopics topics;
  private final SessionInbox inbox;
  private final Confirmations confirmations;
  private final Meters meters;
  private final boolean asksWhatArrived;
  private Optional<Notification.Filter> notifications = Optional.empty();
  private @Nullable JobWatch jobWatch;
  private @Nullable List<Envelope> early;

  SessionEvents(
      Session session,
      Dialect dialect,
      Outbox outbox,
      SessionRooms rooms,
      SessionTopics topics,
      SessionInbox inbox,
      Confirmations confirmations,
      Meters meters) {
    this.session = session;
    this.dialect = dialect;
    this.outbox = outbox;
    this.rooms = rooms;
    this.topics = topics;
    this.inbox = inbox;
    this.confirmations = confirmations;
    this.meters = meters;
    this.asksWhatArrived = !dialect.tells().isEmpty();
  }

  /// From now on events come; they wait until [#release].
  void hold() {
    early = new ArrayList<>(0);
  }

  /// The opening frames are written.
  void release() {
    List<Envelope> waiting = early == null ? List.of() : early;
    early = null;
    for (Envelope envelope : waiting) {
      noteWritten(envelope);
      outbox.deliver(envelope);
    }
    session.meters().delivered(waiting.size());
  }

  /// Writes a live event, or lets it wait, or passes over it.
  void deliver(Delivery delivery) {
    Envelope envelope = delivery.envelope();
    if (isOwnComing(envelope.event())
        || !isWanted(envelope.event())
        || waitsForJobs(envelope)
        || !inbox.admits(envelope)
        || !passesFilter(envelope)) {
      return;
    }
    if (early != null) {
      keepEarly(early, envelope);
    } else {
      deliverNow(delivery);
    }
    session.heed(envelope.event());
  }

  private void keepEarly(List<Envelope> waiting, Envelope envelope) {
    if (waiting.size() < MAX_EARLY) {
      waiting.add(envelope);
    } else {
      meters.dropped(Dropped.DISCARDED, 1);
    }
  }

  private void deliverNow(Delivery delivery) {
    noteWritten(delivery.envelope());
    switch (outbox.deliver(delivery)) {
      case WRITTEN -> session.meters().delivered(1);
      case HELD -> meters.dropped(Dropped.REPLACED, 1);
      case DROPPED -> meters.dropped(Dropped.DISCARDED, 1);
      case OVERFLOW -> session.onSlow();
    }
  }

  /// Writes a missed event.
  void replay(Envelope envelope) {
    if (isWanted(envelope.event())) {
      noteWritten(envelope);
      session.write(dialect.encode(envelope));
      session.heed(envelope.event());
    }
  }

  /// Writes what waited for the user, unless a filter keeps it out.
  void writeQueued(Envelope envelope) {
    if (passesFilter(envelope)) {
      session.write(dialect.encodeQueued(envelope));
    }
  }

  private void noteWritten(Envelope envelope) {
    if (asksWhatArrived && envelope.isDurable()) {
      confirmations.onWritten();
    }
  }

  /// Which notifications are written from now on; empty for those to the user alone.
  void filterNotifications(Optional<Notification.Filter> filter) {
    notifications = filter;
  }

  boolean wants(NotificationEvent event) {
    return dialect.notifications().admits(event, notifications, topics::hears);
  }

  /// Own notifications of the inbox come here unfiltered: each has a place in its order.
  boolean passesFilter(Envelope envelope) {
    return !(envelope.isDurable() && envelope.event() instanceof NotificationEvent notice)
        || wants(notice);
  }

  /// How jobs stand is being asked: what happens to them comes after the answer.
  void awaitJobs() {
    jobWatch = new JobWatch();
  }

  private boolean waitsForJobs(Envelope envelope) {
    return jobWatch != null
        && envelope.event() instanceof JobUpdated event
        && jobWatch.hold(envelope, event);
  }

  void onJobsTold(Outcome outcome) {
    JobWatch watch = jobWatch;
    jobWatch = null;
    if (watch != null) {
      watch.release(outcome).forEach(session::replay);
    }
  }

  /// Whether the client asked for such events, and does not know a newer one.
  private boolean isWanted(Event event) {
    if (event instanceof RoomStateChanged(var state)) {
      return rooms.isNews(state);
    }
    Optional<TopicName> topic = dialect.topicOf(event);
    return topic.isEmpty() || topics.hears(topic.get());
  }

  /// Nobody is told that they are there: old clients take the first frame after the opening for an
  /// answer.
  private boolean isOwnComing(Event event) {
    return event instanceof PresenceChanged changed
        && changed.cause() == Cause.CONNECTION
        && changed.state().user().equals(session.user());
  }
}
