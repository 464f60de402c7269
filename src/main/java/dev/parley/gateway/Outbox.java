package dev.parley.gateway;

import dev.parley.dialect.OutFrame;
import dev.parley.feed.Delivery;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.gateway.transport.Transport;
import dev.parley.protocol.Envelope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that leaves on one connection. Belongs to its loop.
///
/// While the socket takes nothing more, frames wait here in their order; what is pressing goes to
/// the socket at once, before them. Live events are counted against a bound, replies and replays
/// are not: they are paced by whoever writes them. From half the bound on ephemeral events are held
/// here, the newest of each kind only, until the client has read; past the bound the client is too
/// slow. The last event about something is not held, and nothing held of the same kind is written
/// after a newer one.
final class Outbox {
  /// What became of a live event.
  enum Fate {
    WRITTEN,
    HELD,
    DROPPED,
    /// The bound is passed: the connection must end.
    OVERFLOW
  }

  private static final int MAX_HELD = 256;

  private final Transport transport;
  private final WireEncoding encoding;
  private final OutboxLimits limits;
  private final Optional<Batching> batching;
  private long pacedBytes;
  private long waitingBytes;
  private boolean ended;
  private @Nullable ArrayDeque<Waiting> waiting;
  private @Nullable Map<Object, Envelope> held;
  private @Nullable Deque<Runnable> whenDrained;

  /// @param batching makes batches of live events
  Outbox(
      Transport transport,
      WireEncoding encoding,
      OutboxLimits limits,
      Optional<Batching> batching) {
    this.transport = transport;
    this.encoding = encoding;
    this.limits = limits;
    this.batching = batching;
  }

  /// A frame that the socket did not take yet.
  private sealed interface Waiting {
    record Own(OutFrame frame) implements Waiting {}

    /// Retained as long as it waits.
    record Shared(SharedFrame frame) implements Waiting {}

    /// What is to be done between two frames.
    record Step(Runnable task) implements Waiting {}
  }

  /// Writes replies, errors and missed events.
  void write(List<OutFrame> frames) {
    for (OutFrame frame : frames) {
      pacedBytes += frame.payload().length;
      send(frame);
    }
  }

  /// Does something as soon as the socket has been given all that was written until now: pings that
  /// say what a client has received must not overtake it.
  void then(Runnable task) {
    if (isDirect()) {
      task.run();
    } else {
      await(new Waiting.Step(task), 0);
    }
  }

  /// Writes a live event, or holds it, or says that there is no room.
  Fate deliver(Delivery delivery) {
    long live = liveBytes();
    Envelope envelope = delivery.envelope();
    if (live > limits.liveBytes()) {
      return Fate.OVERFLOW;
    }
    if (live > limits.liveBytes() / 2 && !envelope.isKept()) {
      return hold(envelope);
    }
    if (held != null) {
      envelope.event().conflationKey().ifPresent(held::remove);
    }
    boolean direct = isDirect() || envelope.event().isPressing();
    for (SharedFrame frame : delivery.encoded(encoding)) {
      if (batching.isPresent()) {
        batching.get().add(frame.frame().payload());
      } else if (direct) {
        transport.send(frame);
      } else {
        await(new Waiting.Shared(frame.retain()), frame.frame().payload().length);
      }
    }
    return Fate.WRITTEN;
  }

  /// Writes a live event for this connection alone, whatever waits.
  void deliver(Envelope envelope) {
    for (OutFrame frame : encoding.frames(envelope)) {
      batching.ifPresentOrElse(batches -> batches.add(frame.payload()), () -> send(frame));
    }
  }

  /// All that waits goes to the socket, since nothing comes after it.
  void finish() {
    ended = true;
    while (waiting != null) {
      sendNext(waiting);
    }
  }

  /// The connection is gone, and what waited for it.
  void drop() {
    ended = true;
    if (waiting != null) {
      waiting.forEach(Outbox::release);
      waiting = null;
      waitingBytes = 0;
    }
  }

  /// Whether little enough waits for the next part of a replay.
  boolean isDrained() {
    return unsentBytes() < limits.pacedBytes();
  }

  /// Runs `next` once, as soon as the client has read enough; several in the order asked.
  void whenDrained(Runnable next) {
    Deque<Runnable> waiting = whenDrained == null ? new ArrayDeque<>(2) : whenDrained;
    whenDrained = waiting;
    waiting.addLast(next);
  }

  /// The socket takes bytes again.
  void onWritable() {
    while (waiting != null && transport.isWritable()) {
      sendNext(waiting);
    }
    if (held != null && liveBytes() < limits.liveBytes() / 2) {
      writeHeld(held);
    }
    if (whenDrained != null) {
      goOn(whenDrained);
    }
  }

  /// Whoever does not come to it now, or asks again, waits for the next time.
  private void goOn(Deque<Runnable> waiting) {
    for (int left = waiting.size(); left > 0 && isDrained(); left--) {
      waiting.removeFirst().run();
    }
    if (waiting.isEmpty()) {
      whenDrained = null;
    }
  }

  private long liveBytes() {
    long unsent = unsentBytes();
    pacedBytes = Math.min(pacedBytes, unsent);
    return unsent - pacedBytes + (batching.isPresent() ? batching.get().bytes() : 0);
  }

  private long unsentBytes() {
    return transport.unsentBytes() + waitingBytes;
  }

  private boolean isDirect() {
    return waiting == null && (transport.isWritable() || ended);
  }

  private void send(OutFrame frame) {
    if (isDirect()) {
      transport.send(frame);
    } else {
      await(new Waiting.Own(frame), frame.payload().length);
    }
  }

  private void await(Waiting next, int bytes) {
    ArrayDeque<Waiting> queue = waiting == null ? new ArrayDeque<>() : waiting;
    waiting = queue;
    queue.add(next);
    waitingBytes += bytes;
  }

  private void sendNext(ArrayDeque<Waiting> queue) {
    switch (queue.remove()) {
      case Waiting.Own(OutFrame frame) -> {
        waitingBytes -= frame.payload().length;
        transport.send(frame);
      }
      case Waiting.Shared(SharedFrame frame) -> {
        waitingBytes -= frame.frame().payload().length;
        transport.send(frame);
        frame.release();
      }
      case Waiting.Step(Runnable task) -> task.run();
    }
    if (queue.isEmpty()) {
      waiting = null;
    }
  }

  private static void release(Waiting dropped) {
    switch (dropped) {
      case Waiting.Own _, Waiting.Step _ -> {}
      case Waiting.Shared(SharedFrame frame) -> frame.release();
    }
  }

  private Fate hold(Envelope envelope) {
    Object key = envelope.event().conflationKey().orElse(null);
    if (key == null) {
      return Fate.DROPPED;
    }
    Map<Object, Envelope> newest = held == null ? new LinkedHashMap<>() : held;
    held = newest;
    newest.remove(key);
    if (newest.size() >= MAX_HELD) {
      return Fate.DROPPED;
    }
    newest.put(key, envelope);
    return Fate.HELD;
  }

  private void writeHeld(Map<Object, Envelope> newest) {
    held = null;
    newest.values().forEach(this::deliver);
  }
}
