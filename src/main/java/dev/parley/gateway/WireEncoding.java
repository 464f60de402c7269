package dev.parley.gateway;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.OutFrame;
import dev.parley.feed.Encoding;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.protocol.Envelope;
import java.util.List;
import java.util.function.Function;

/// What events become in one dialect: ready-made frames that all of its connections share.
final class WireEncoding implements Encoding<List<SharedFrame>> {
  private final int slot;
  private final Dialect dialect;
  private final Function<OutFrame, SharedFrame> share;

  WireEncoding(int slot, Dialect dialect, Function<OutFrame, SharedFrame> share) {
    this.slot = slot;
    this.dialect = dialect;
    this.share = share;
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
    return dialect.encode(envelope).stream().map(share).toList();
  }

  @Override
  public void release(List<SharedFrame> frames) {
    frames.forEach(SharedFrame::release);
  }
}
