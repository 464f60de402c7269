package dev.parley.gateway;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.gateway.transport.Transport;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.InboxCommand.NoteDelivered;
import dev.parley.protocol.Request;
import dev.parley.protocol.StreamId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the client of a session has received: what was written before a ping that it has answered.
/// Belongs to the session.
///
/// A frame of the client that is no answer proves nothing: it may have crossed what was written.
final class Confirmations {
  /// A client with so many unanswered pings is asked no more.
  private static final int MAX_ASKED = 8;

  private static final int MAX_CONFIRMED = 1_000;

  private final Session session;
  private final MessageBus bus;
  private final Transport transport;
  private final Outbox outbox;
  private final Duration askEvery;
  private final Duration storeEvery;
  private @Nullable Deque<Asked> asked;
  private Map<Start, Delivered> confirmed = Map.of();
  private boolean written;
  private long numbers;
  private long askedAt;
  private long storedAt;

  /// A ping that is not answered.
  private record Asked(long number, List<Delivered> delivered, Runnable then) {}

  /// Stretches that begin at one place grow; only the longest matters.
  private record Start(StreamId stream, long after) {}

  Confirmations(
      Session session,
      MessageBus bus,
      Transport transport,
      Outbox outbox,
      Duration askEvery,
      Duration storeEvery) {
    this.session = session;
    this.bus = bus;
    this.transport = transport;
    this.outbox = outbox;
    this.askEvery = askEvery;
    this.storeEvery = storeEvery;
  }

  /// Something durable was written.
  void onWritten() {
    written = true;
  }

  /// Asks the client now.
  ///
  /// @param then what follows when it has answered
  void ask(List<Delivered> delivered, Runnable then) {
    Deque<Asked> waiting = asked == null ? new ArrayDeque<>(2) : asked;
    asked = waiting;
    numbers++;
    waiting.addLast(new Asked(numbers, delivered, then));
    long number = numbers;
    outbox.then(() -> transport.ping(number));
  }

  /// The client has answered a ping, and so those before it.
  void onEcho(long number) {
    Deque<Asked> waiting = asked;
    while (waiting != null
        && !waiting.isEmpty()
        && waiting.getFirst().number() <= number
        && number <= numbers) {
      Asked answered = waiting.removeFirst();
      confirm(answered.delivered());
      answered.then().run();
    }
    if (waiting != null && waiting.isEmpty()) {
      asked = null;
    }
  }

  /// A second has passed.
  void onTick(long now) {
    boolean mayAsk = asked == null || asked.size() < MAX_ASKED;
    if (written && mayAsk && now - askedAt >= askEvery.toMillis()) {
      written = false;
      askedAt = now;
      ask(session.takeDelivered(), () -> {});
    }
    boolean many = confirmed.size() >= MAX_CONFIRMED;
    if (!confirmed.isEmpty() && (many || now - storedAt >= storeEvery.toMillis())) {
      storedAt = now;
      store(false);
    }
  }

  /// Nothing more is heard of the client.
  ///
  /// @param fed whether it was being fed
  void close(boolean fed) {
    asked = null;
    if (fed || !confirmed.isEmpty()) {
      store(fed);
    }
  }

  private void confirm(Collection<Delivered> delivered) {
    confirmed = confirmed.isEmpty() ? new HashMap<>() : confirmed;
    delivered.forEach(each -> confirmed.put(new Start(each.stream(), each.after()), each));
  }

  private void store(boolean fed) {
    NoteDelivered note = new NoteDelivered(List.copyOf(confirmed.values()), List.of(), fed);
    confirmed = Map.of();
    send(note);
  }

  void send(NoteDelivered note) {
    String address = Addresses.inbox(bus.shards().of(session.user()));
    bus.send(address, new Request(session.caller(), note));
  }
}
