package dev.parley.gateway;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.InboxCommand.NoteDelivered;
import dev.parley.protocol.InboxCommand.OpenInbox;
import dev.parley.protocol.InboxCommand.Received;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply.InboxOpened;
import dev.parley.protocol.Reply.Queue;
import dev.parley.protocol.Request;
import dev.parley.protocol.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Feeds a connection with what waited for its user, then lets live events of rooms and inbox go.
/// Belongs to the session.
///
/// ```
/// shut --nothing waits, another connection is fed, or no answer--> live --some time later--> asks again
///   '---something waits--> feeding --all written--> live, unconfirmed --pong--> confirmed
/// ```
///
/// What comes while it feeds waits in the store: rooms begin behind what is fed ([SessionRooms]),
/// and so does the inbox ([SessionInbox]). If it is fed later, with what another connection did not
/// confirm, it gets what lies before its own live events.
final class SessionQueue {
  private final Session session;
  private final MessageBus bus;
  private final SessionRooms rooms;
  private final SessionInbox inbox;
  private final Confirmations confirmations;
  private final boolean takes;
  private final boolean chat;
  private final Duration again;
  private boolean feeding;
  private boolean asking;
  private long askAt = Long.MAX_VALUE;

  /// @param takes whether the dialect's connections are fed
  /// @param chat whether that has words for chat
  /// @param again how long after another connection was found being fed it asks again
  SessionQueue(
      Session session,
      MessageBus bus,
      SessionRooms rooms,
      SessionInbox inbox,
      Confirmations confirmations,
      boolean takes,
      boolean chat,
      Duration again) {
    this.session = session;
    this.bus = bus;
    this.rooms = rooms;
    this.inbox = inbox;
    this.confirmations = confirmations;
    this.takes = takes;
    this.chat = chat;
    this.again = again;
  }

  /// Whether the client has not confirmed what it is fed with.
  boolean isFeeding() {
    return feeding;
  }

  /// The session is open.
  void begin() {
    rooms.whenPlaced(this::ask);
  }

  void onTick(long now) {
    if (now >= askAt) {
      ask();
    }
  }

  private void ask() {
    if (!session.isOpen() || asking) {
      return;
    }
    asking = true;
    askAt = Long.MAX_VALUE;
    String address = Addresses.inbox(bus.shards().of(session.user()));
    bus.call(address, new Request(session.caller(), new OpenInbox(takes, chat)), InboxOpened.class)
        .onComplete(this::onAnswer, _ -> onNoAnswer());
  }

  /// Rooms do not wait for it; the inbox has to.
  private void onNoAnswer() {
    asking = false;
    rooms.open();
    askLater();
  }

  private void onAnswer(InboxOpened opened) {
    asking = false;
    if (!session.isOpen()) {
      opened.queue().ifPresent(_ -> note(List.of(), List.of(), true));
    } else if (opened.queue().isPresent()) {
      feed(opened.head(), opened.queue().get());
    } else {
      goLive(opened.head(), false);
      if (takes) {
        askLater();
      }
    }
  }

  private void askLater() {
    askAt = session.now() + again.toMillis();
  }

  private void feed(Position head, Queue queue) {
    feeding = !queue.events().isEmpty();
    write(head, queue, queue.events().iterator(), new ArrayList<>());
  }

  private void write(
      Position head, Queue queue, Iterator<Envelope> events, List<Received> received) {
    while (events.hasNext() && session.isOpen()) {
      if (!session.isDrained()) {
        session.whenDrained(() -> write(head, queue, events, received));
        return;
      }
      write(events.next(), received);
    }
    if (session.isOpen()) {
      finish(head, queue, received);
    }
  }

  private void write(Envelope envelope, List<Received> received) {
    Position place = envelope.stamp().orElseThrow().position();
    StreamId stream = streamOf(envelope);
    if (place.seq() > limit(stream, place).seq()) {
      return;
    }
    session.events().writeQueued(envelope);
    if (envelope.event() instanceof ChatPosted(var message)) {
      received.add(
          new Received(message.room(), message.messageId(), place.seq(), message.sender()));
    }
  }

  private void finish(Position head, Queue queue, List<Received> received) {
    List<Delivered> delivered = deliveredOf(queue);
    if (feeding) {
      confirmations.ask(List.of(), () -> onConfirmed(delivered, received));
    } else if (!delivered.isEmpty()) {
      note(delivered, List.of(), false);
    }
    goLive(head, true);
  }

  private void onConfirmed(List<Delivered> delivered, List<Received> received) {
    feeding = false;
    note(delivered, received, true);
  }

  private List<Delivered> deliveredOf(Queue queue) {
    List<Delivered> delivered = new ArrayList<>();
    for (Map.Entry<StreamId, Position> part : queue.upTo().entrySet()) {
      Position upTo = limit(part.getKey(), part.getValue());
      if (upTo.seq() > 0) {
        delivered.add(new Delivered(part.getKey(), 0, upTo));
      }
    }
    return delivered;
  }

  /// What lies beyond comes live.
  private Position limit(StreamId stream, Position upTo) {
    Optional<Position> live =
        stream.room().isPresent()
            ? rooms.liveAfter(stream.room().get())
            : Optional.of(inbox.base()).filter(_ -> inbox.isOpen());
    return live.filter(base -> base.seq() < upTo.seq()).orElse(upTo);
  }

  private StreamId streamOf(Envelope envelope) {
    return envelope.event() instanceof ChatPosted(var message)
        ? StreamId.of(message.room())
        : StreamId.of(session.user());
  }

  private void goLive(Position head, boolean fed) {
    if (!inbox.isOpen()) {
      inbox.begin(head, fed);
    }
    rooms.open();
  }

  private void note(List<Delivered> delivered, List<Received> received, boolean fed) {
    confirmations.send(new NoteDelivered(delivered, received, fed));
  }
}
