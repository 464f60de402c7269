package dev.parley.feed;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Check;
import dev.parley.store.StoredEvent;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A room on its home loop: keeps the order of its durable events and hands every event to the
/// loops that listen. Exists while one does. Belongs to the home loop.
///
/// ```
/// Opening --head known--> Following --gap for 20 ms, or the feed knows more--> Filling --nothing missing--> Following
/// ```
final class HomeTopic {
  private static final Logger LOG = LoggerFactory.getLogger(HomeTopic.class);
  private static final int PAGE = 256;
  private static final int MAX_EARLY = 1_024;
  private static final long RETRY_MILLIS = 250;

  private final Vertx vertx;
  private final RoomName room;
  private final StreamId stream;
  private final EventLog log;
  private final FeedLimits limits;
  private final Listeners listeners = new Listeners();
  private final ArrayDeque<Envelope> beforeOpening = new ArrayDeque<>(0);
  private @Nullable Order order;
  private boolean opening;
  private boolean filling;
  private boolean recheckDue;
  private boolean waiting;
  private boolean closed;

  HomeTopic(Vertx vertx, RoomName room, EventLog log, FeedLimits limits) {
    this.vertx = vertx;
    this.room = room;
    this.stream = Envelopes.streamOf(room);
    this.log = log;
    this.limits = limits;
  }

  /// A loop listens from now on; it is told where the stream stands before it gets anything.
  void attach(LoopFeed loop) {
    listeners.add(loop);
    closed = false;
    Order known = order;
    if (known != null) {
      loop.onOpened(room, known.position());
    } else if (!opening) {
      open();
    }
  }

  /// A loop listens no more.
  ///
  /// @return whether nobody does: then this topic is at its end
  boolean detach(LoopFeed loop) {
    listeners.remove(loop);
    closed = listeners.isEmpty();
    return closed;
  }

  void onEvent(Envelope envelope) {
    Order known = order;
    if (envelope.event() instanceof ChatDeleted deletion) {
      beforeOpening.removeIf(each -> deletion.takesBack(each.event()));
      Optional.ofNullable(known).ifPresent(waiting -> waiting.takeBack(deletion));
    }
    if (!envelope.isDurable()) {
      listeners.deliver(room, envelope);
    } else if (known != null) {
      known.offer(envelope, this::deliver);
      watchForGap(known);
    } else if (beforeOpening.size() < MAX_EARLY) {
      beforeOpening.addLast(envelope);
    }
  }

  /// The store has events up to `seq`.
  void hearOf(long seq) {
    Order known = order;
    if (known != null) {
      known.hearOf(seq);
      watchForGap(known);
    }
  }

  /// Whether it misses something that it was told of.
  boolean isCatchingUp() {
    return filling || waiting;
  }

  /// The history may be another one, or more than anybody told: the position is checked, and what
  /// follows it is read.
  void recheck() {
    Order known = order;
    if (filling) {
      recheckDue = true;
    } else if (known != null && !closed) {
      filling = true;
      check(known);
    }
  }

  private void endFilling() {
    filling = false;
    if (recheckDue) {
      recheckDue = false;
      recheck();
    }
  }

  private void open() {
    opening = true;
    log.head(stream).onComplete(head -> onHead(head.position()), this::onOpenFailed);
  }

  private void onOpenFailed(Throwable failure) {
    opening = false;
    listeners.forEach(loop -> loop.onOpenFailed(room, failure));
  }

  private void onHead(Position head) {
    opening = false;
    Order known = new Order(head);
    order = known;
    listeners.forEach(loop -> loop.onOpened(room, head));
    while (!beforeOpening.isEmpty()) {
      known.offer(beforeOpening.pollFirst(), this::deliver);
    }
    watchForGap(known);
  }

  private void deliver(Envelope envelope) {
    listeners.deliver(room, envelope);
  }

  private void watchForGap(Order known) {
    if (known.isBehind() && !waiting && !filling) {
      waiting = true;
      vertx.setTimer(Math.max(1, limits.gapHold().toMillis()), _ -> onGapTimer(known));
    }
  }

  private void onGapTimer(Order known) {
    waiting = false;
    if (known.isBehind() && !closed && !filling) {
      filling = true;
      check(known);
    }
  }

  private void check(Order known) {
    log.check(stream, known.position())
        .onComplete(verdict -> onChecked(known, verdict), failure -> onFillFailed(known, failure));
  }

  private void onChecked(Order known, Check verdict) {
    if (verdict == Check.GOOD) {
      readPage(known);
    } else {
      log.head(stream)
          .onComplete(
              head -> reset(known, head.position()), failure -> onFillFailed(known, failure));
    }
  }

  private void readPage(Order known) {
    long heardOf = known.heardOf();
    log.read(stream, known.position().seq(), PAGE)
        .onComplete(page -> onPage(known, page, heardOf), failure -> onFillFailed(known, failure));
  }

  private void onPage(Order known, List<StoredEvent> page, long heardOfBefore) {
    page.forEach(event -> known.offer(Envelopes.of(room, event), this::deliver));
    if (page.isEmpty() && known.heardOf() == heardOfBefore) {
      known.settle();
    }
    if (closed || !known.isBehind()) {
      endFilling();
    } else if (page.isEmpty()) {
      retryLater(known);
    } else {
      readPage(known);
    }
  }

  private void reset(Order known, Position head) {
    LOG.atWarn().addKeyValue("room", room).log("history was lost or trimmed; members start anew");
    known.reset(head);
    listeners.reset(room, Envelope.ephemeral(new RoomReset(room, head), Topic.of(room)), head);
    endFilling();
    watchForGap(known);
  }

  private void onFillFailed(Order known, Throwable failure) {
    LOG.atDebug()
        .addKeyValue("room", room)
        .addKeyValue("error", failure.getMessage())
        .log("a gap stays open");
    retryLater(known);
  }

  private void retryLater(Order known) {
    vertx.setTimer(RETRY_MILLIS, _ -> retry(known));
  }

  private void retry(Order known) {
    if (closed) {
      endFilling();
    } else {
      check(known);
    }
  }
}
