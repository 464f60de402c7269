package dev.parley.gateway;

import dev.parley.dialect.OutFrame;
import dev.parley.feed.Delivery;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.gateway.transport.Transport;
import dev.parley.protocol.Envelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that leaves on one connection. Belongs to its loop.
///
/// Live events are counted against a bound, replies and replays are not: they are paced by whoever
/// writes them. From half the bound on ephemeral events are held here, the newest of each kind
/// only, until the client has read; past the bound the client is too slow.
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
  private @Nullable Map<Object, Envelope> held;
  private @Nullable Runnable whenDrained;

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

  /// Writes replies, errors and missed events.
  void write(List<OutFrame> frames) {
    for (OutFrame frame : frames) {
      pacedBytes += frame.payload().length;
      transport.send(frame);
    }
  }

  /// Writes a live event, or holds it, or says that there is no room.
  Fate deliver(Delivery delivery) {
    long live = liveBytes();
    if (live > limits.liveBytes()) {
      return Fate.OVERFLOW;
    }
    if (live > limits.liveBytes() / 2 && !delivery.envelope().isDurable()) {
      return hold(delivery.envelope());
    }
    for (SharedFrame frame : delivery.encoded(encoding)) {
      if (batching.isPresent()) {
        batching.get().add(frame.frame().payload());
      } else {
        transport.send(frame);
      }
    }
    return Fate.WRITTEN;
  }

  /// Writes a live event for this connection alone, whatever waits.
  void deliver(Envelope envelope) {
    for (OutFrame frame : encoding.frames(envelope)) {
      batching.ifPresentOrElse(
          batches -> batches.add(frame.payload()), () -> transport.send(frame));
    }
  }

  /// Whether little enough waits for the next part of a replay.
  boolean isDrained() {
    return transport.unsentBytes() < limits.pacedBytes();
  }

  /// Runs `next` once, as soon as the client has read enough.
  void whenDrained(Runnable next) {
    whenDrained = next;
  }

  /// The socket takes bytes again.
  void onWritable() {
    if (held != null && liveBytes() < limits.liveBytes() / 2) {
      writeHeld(held);
    }
    Runnable next = whenDrained;
    if (next != null && isDrained()) {
      whenDrained = null;
      next.run();
    }
  }

  private long liveBytes() {
    long unsent = transport.unsentBytes();
    pacedBytes = Math.min(pacedBytes, unsent);
    return unsent - pacedBytes + (batching.isPresent() ? batching.get().bytes() : 0);
  }

  private Fate hold(Envelope envelope) {
    Object key = envelope.event().conflationKey().orElse(null);
    if (key == null) {
      return Fate.DROPPED;
    }
    Map<Object, Envelope> waiting = held == null ? new LinkedHashMap<>() : held;
    held = waiting;
    waiting.remove(key);
    if (waiting.size() >= MAX_HELD) {
      return Fate.DROPPED;
    }
    waiting.put(key, envelope);
    return Fate.HELD;
  }

  private void writeHeld(Map<Object, Envelope> waiting) {
    held = null;
    waiting.values().forEach(this::deliver);
  }
}
