package dev.parley.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The shared frames that several connections were given in the same order in one turn of the event
/// loop, so that all of them write one buffer instead of one per frame. A batch is a frame and the
/// batch before it; members of a room walk the same path of batches, and at its end the bytes are
/// put together once. Lives until the end of the turn.
final class Batch {
  private final @Nullable Batch before;
  private final ByteBuf last;
  private final int bytes;
  private @Nullable Batch after;
  private @Nullable ByteBuf joined;

  Batch(@Nullable Batch before, ByteBuf last) {
    this.before = before;
    this.last = last.retain();
    this.bytes = last.readableBytes() + (before == null ? 0 : before.bytes);
  }

  int bytes() {
    return bytes;
  }

  /// Whether this is the buffer that was added last, the very one: its bytes are not compared.
  @SuppressWarnings("ReferenceEquality")
  boolean endsWith(ByteBuf frame) {
    return last == frame;
  }

  /// The batch that was made last by adding a frame to this one.
  @Nullable Batch after() {
    return after;
  }

  void after(Batch batch) {
    this.after = batch;
  }

  /// All bytes, still this batch's.
  ByteBuf join(ByteBufAllocator buffers) {
    if (before == null) {
      return last;
    }
    if (joined == null) {
      joined = buffers.directBuffer(bytes).writerIndex(bytes);
      for (var batch = this; batch != null; batch = batch.before) {
        joined.setBytes(batch.start(), batch.last, batch.last.readerIndex(), batch.frameBytes());
      }
    }
    return joined;
  }

  void release() {
    last.release();
    if (joined != null) {
      joined.release();
      joined = null;
    }
  }

  private int start() {
    return before == null ? 0 : before.bytes;
  }

  private int frameBytes() {
    return bytes - start();
  }
}
