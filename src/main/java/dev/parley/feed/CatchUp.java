package dev.parley.feed;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.store.EventLog;
import dev.parley.store.StoredEvent;
import java.util.Iterator;

/// Brings one subscription from its position to the present: pages from the store until its
/// position lies in the audience's tail, the rest from the tail, live in the same turn. Nothing is
/// buffered but one page, and each part is written when the session has room. Belongs to the
/// session's loop.
final class CatchUp {
  private static final int PAGE = 128;

  private final Subscription subscription;
  private final EventLog log;
  private final CatchUpPermits permits;

  CatchUp(Subscription subscription, EventLog log, CatchUpPermits permits) {
    this.subscription = subscription;
    this.log = log;
    this.permits = permits;
  }

  /// Goes on, as far as it may in this turn.
  void proceed() {
    if (!subscription.isCatching()) {
      return;
    }
    if (reachesTail()) {
      finish();
    } else {
      whenDrained(() -> permits.acquire(this::readPage));
    }
  }

  private boolean reachesTail() {
    Tail tail = subscription.audience().tail();
    Position position = subscription.position();
    return position.seq() > tail.end().seq() || tail.covers(position);
  }

  private void finish() {
    subscription
        .audience()
        .tail()
        .forEachAfter(
            subscription.position().seq(),
            event -> write(Envelopes.of(subscription.room(), event.stamp(), event.payload())));
    subscription.goLive();
  }

  private void readPage() {
    if (!subscription.isCatching()) {
      permits.release();
      return;
    }
    log.read(Envelopes.streamOf(subscription.room()), subscription.position().seq(), PAGE)
        .onComplete(
            page -> {
              permits.release();
              writeFrom(page.iterator());
            },
            _ -> {
              permits.release();
              breakOff();
            });
  }

  private void writeFrom(Iterator<StoredEvent> page) {
    if (!page.hasNext()) {
      breakOff();
      return;
    }
    while (page.hasNext() && subscription.isCatching()) {
      if (!subscription.subscriber().isDrained()) {
        whenDrained(() -> writeFrom(page));
        return;
      }
      StoredEvent event = page.next();
      if (!event.stamp().follows(subscription.position())) {
        breakOff();
        return;
      }
      write(Envelopes.of(subscription.room(), event));
    }
    proceed();
  }

  private void write(Envelope envelope) {
    if (subscription.isJoined() || envelope.event() instanceof ChatEvent) {
      subscription.subscriber().replay(envelope);
    }
    subscription.advance(envelope.stamp().orElseThrow().position());
  }

  private void whenDrained(Runnable next) {
    if (subscription.subscriber().isDrained()) {
      next.run();
    } else {
      subscription.subscriber().whenDrained(next);
    }
  }

  private void breakOff() {
    if (subscription.isCatching()) {
      subscription.subscriber().onCatchUpFailed();
    }
  }
}
