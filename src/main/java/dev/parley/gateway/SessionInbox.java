package dev.parley.gateway;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.InboxCommand.ReadInbox;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply.InboxPage;
import dev.parley.protocol.Request;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The inbox of its user, as one connection gets it: in order, each event once, and what the bus
/// lost from the store. Belongs to the session.
///
/// ```
/// shut --begin--> open --an event is missing--> reading --nothing is missing--> open
/// ```
final class SessionInbox {
  private static final int MAX_KNOWN = 64;

  private final Session session;
  private final MessageBus bus;
  private final boolean tells;
  private boolean open;
  private boolean reading;
  private Position base = Position.START;
  private Position reached = Position.START;
  private long taken;
  private long heardOf;
  private @Nullable Position beforeFirst;
  private Set<String> known = Set.of();

  /// @param tells whether the dialect has words for it; if not, nothing is kept in order
  SessionInbox(Session session, MessageBus bus, boolean tells) {
    this.session = session;
    this.bus = bus;
    this.tells = tells;
  }

  boolean isOpen() {
    return open;
  }

  /// What is written here comes after this.
  Position base() {
    return base;
  }

  /// What comes is written from now on.
  ///
  /// @param head where the inbox stood
  /// @param fed whether the client is fed with all up to there; if not it gets what came since the
  ///   session opened
  void begin(Position head, boolean fed) {
    Position before = beforeFirst;
    base = !fed && before != null && before.seq() < head.seq() ? before : head;
    beforeFirst = null;
    reached = base;
    taken = base.seq();
    open = true;
    readIfBehind();
  }

  /// Whether a live event is to be written now: it is none of the inbox, or the next one.
  boolean admits(Envelope envelope) {
    if (!tells) {
      return true;
    }
    boolean ofInbox = envelope.isDurable() && envelope.topics().getFirst() instanceof Topic.OfUser;
    return ofInbox ? admits(envelope.stamp().orElseThrow()) : remember(envelope.event());
  }

  private boolean admits(Stamp stamp) {
    Position place = stamp.position();
    boolean next = open && !reading && stamp.follows(reached);
    boolean otherHistory = place.seq() <= reached.seq() && !place.epoch().equals(reached.epoch());
    if (next) {
      reached = place;
    } else if (open && otherHistory) {
      read();
    } else {
      notePlace(stamp);
      hearOf(place.seq());
    }
    return next;
  }

  private void notePlace(Stamp stamp) {
    if (!open && beforeFirst == null) {
      beforeFirst = new Position(stamp.previousEpoch(), stamp.seq() - 1);
    }
  }

  /// A notification may come without its place; it is not written again when it is read.
  private boolean remember(Event event) {
    if (event instanceof NotificationCreated(var notification)
        && notification.addressee() instanceof Addressee.ToUser) {
      known = known.isEmpty() ? new LinkedHashSet<>() : known;
      known.add(notification.id());
      if (known.size() > MAX_KNOWN) {
        known.remove(known.iterator().next());
      }
    }
    return true;
  }

  /// The store has events up to `seq`.
  void hearOf(long seq) {
    heardOf = Math.max(heardOf, seq);
    readIfBehind();
  }

  /// What could not be read is tried again.
  void onTick() {
    readIfBehind();
  }

  /// How far it was written, if that is further than at the last call.
  Optional<Delivered> takeWritten() {
    if (reached.seq() <= taken) {
      return Optional.empty();
    }
    taken = reached.seq();
    return Optional.of(new Delivered(StreamId.of(session.user()), base.seq(), reached));
  }

  private void readIfBehind() {
    if (tells && open && !reading && heardOf > reached.seq()) {
      read();
    }
  }

  private void read() {
    if (reading) {
      return;
    }
    reading = true;
    String address = Addresses.inbox(bus.shards().of(session.user()));
    bus.call(address, new Request(session.caller(), new ReadInbox(reached)), InboxPage.class)
        .onComplete(this::onPage, _ -> reading = false);
  }

  private void onPage(InboxPage page) {
    if (!page.start().equals(reached)) {
      base = page.start();
      reached = page.start();
      taken = base.seq();
    }
    if (page.end().equals(page.start())) {
      heardOf = reached.seq();
    }
    write(page.events().iterator(), page.end());
  }

  private void write(Iterator<Envelope> events, Position end) {
    while (events.hasNext() && session.isOpen()) {
      if (!session.isDrained()) {
        session.whenDrained(() -> write(events, end));
        return;
      }
      write(events.next());
    }
    reached = session.isOpen() ? end : reached;
    reading = false;
    readIfBehind();
  }

  private void write(Envelope envelope) {
    reached = envelope.stamp().orElseThrow().position();
    boolean written =
        envelope.event() instanceof NotificationCreated(var notification)
            && known.contains(notification.id());
    if (!written && session.events().passesFilter(envelope)) {
      session.replay(envelope);
    }
  }
}
