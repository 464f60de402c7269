package dev.parley.gateway;

import dev.parley.dialect.OutFrame;
import dev.parley.feed.Delivery;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.gateway.transport.Transport;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Pacing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that leaves on one connection. Belongs to its loop.
///
/// Live events are counted against a bound, replies and replays are not: they are paced by whoever
/// writes them. From half the bound on ephemeral events are held here, the newest of each kind
/// only, until the client has read; past the bound the client is too slow. The last event about
/// something is not held, and nothing held of the same kind is written after a newer one.
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
  private long pacedBytes;
  private @Nullable Map<Object, Envelope> held;
  private @Nullable Runnable whenDrained;

  Outbox(Transport transport, WireEncoding encoding, OutboxLimits limits) {
    this.transport = transport;
    this.encoding = encoding;
    this.limits = limits;
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
    Envelope envelope = delivery.envelope();
    if (live > limits.liveBytes()) {
      return Fate.OVERFLOW;
    }
    if (live > limits.liveBytes() / 2 && mayWait(envelope)) {
      return hold(envelope);
    }
    if (held != null) {
      envelope.event().conflationKey().ifPresent(held::remove);
    }
    for (SharedFrame frame : delivery.encoded(encoding)) {
      transport.send(frame);
    }
    return Fate.WRITTEN;
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
    return unsent - pacedBytes;
  }

  private static boolean mayWait(Envelope envelope) {
    return !envelope.isDurable() && !Pacing.isLast(envelope.event());
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
    waiting.values().forEach(envelope -> encoding.frames(envelope).forEach(transport::send));
  }
}
