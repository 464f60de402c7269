package dev.parley.gateway;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.OutFrame;
import dev.parley.feed.Encoding;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.observe.DialectMeters;
import dev.parley.observe.FrameLog;
import dev.parley.protocol.Envelope;
import java.util.List;

/// What events become in one dialect: ready-made frames that all of its connections share.
final class WireEncoding implements Encoding<List<SharedFrame>> {
  private final int slot;
  private final Dialect dialect;
  private final DialectMeters meters;

  WireEncoding(int slot, Dialect dialect, DialectMeters meters) {
    this.slot = slot;
    this.dialect = dialect;
    this.meters = meters;
  }

  Dialect dialect() {
    return dialect;
  }

  /// The frames of an event for one connection alone.
  List<OutFrame> frames(Envelope envelope) {
    return dialect.encode(envelope);
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public List<SharedFrame> encode(Envelope envelope) {
    long startedAt = System.nanoTime();
    List<OutFrame> plain = dialect.encode(envelope);
    List<SharedFrame> frames = plain.stream().map(SharedFrame::of).toList();
    meters.encoded(System.nanoTime() - startedAt);
    if (FrameLog.isOn()) {
      plain.forEach(each -> FrameLog.shared(dialect.name(), each.binary(), each.payload()));
    }
    return frames;
  }

  @Override
  public void release(List<SharedFrame> frames) {
    frames.forEach(SharedFrame::release);
  }
}
