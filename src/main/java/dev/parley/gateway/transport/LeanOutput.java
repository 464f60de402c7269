package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/// The way out of one lean connection, and the only one, so that order is kept. Shared frames that
/// are small wait in a [Batch] for the end of the turn; everything else goes into the channel at
/// once, unflushed, and what waits before it.
final class LeanOutput {
  /// Larger frames are written each by itself: copying them would cost more than it saves.
  private static final int MAX_BATCHED_FRAME_BYTES = 4 * 1024;

  private static final int MAX_BATCH_BYTES = 16 * 1024;

  /// What Netty counts for each queued buffer besides its bytes.
  private static final int ENTRY_BYTES =
      Integer.getInteger("io.netty.transport.outboundBufferEntrySizeOverhead", 96);

  private final Channel channel;
  private final LeanLoop loop;
  private final boolean deflates;
  private @Nullable Batch batch;
  private boolean flushScheduled;
  private int unflushed;
  private long bytes;

  LeanOutput(Channel channel, LeanLoop loop, boolean deflates) {
    this.channel = channel;
    this.loop = loop;
    this.deflates = deflates;
  }

  void send(WireFrame frame) {
    var wire = frame.wire(deflates);
    int size = wire.readableBytes();
    if (size > MAX_BATCHED_FRAME_BYTES) {
      write(wire.retainedDuplicate());
      return;
    }
    if (batch != null && batch.bytes() + size > MAX_BATCH_BYTES) {
      writeBatch();
    }
    batch = loop.batch(batch, wire);
    bytes += size;
    flushLater();
  }

  void send(OutFrame frame) {
    var deflated =
        deflates && Deflation.isWorthwhile(frame.payload())
            ? Deflation.ofThread().frame(channel.alloc(), frame)
            : null;
    write(
        deflated != null
            ? deflated
            : FrameWriter.write(channel.alloc(), FrameWriter.opcodeOf(frame), frame.payload()));
  }

  void sendControl(Opcode opcode, byte[] payload) {
    write(FrameWriter.write(channel.alloc(), opcode, payload));
  }

  /// Sends the last frame, at once.
  ///
  /// @return done when the socket took it, and with it all that was sent before
  ChannelFuture sendLast(byte[] payload) {
    writeBatch();
    var wire = FrameWriter.write(channel.alloc(), Opcode.CLOSE, payload);
    bytes += wire.readableBytes();
    unflushed = 0;
    return channel.writeAndFlush(wire);
  }

  /// To be called by the loop at the end of the turn.
  void flush() {
    flushScheduled = false;
    writeBatch();
    unflushed = 0;
    channel.flush();
  }

  long unsentBytes() {
    var queue = channel.unsafe().outboundBuffer();
    if (queue == null) {
      return 0;
    }
    int entries = queue.size() + unflushed;
    long queued =
        queue.totalPendingWriteBytes() - (long) entries * ENTRY_BYTES - queue.currentProgress();
    return Math.max(0, queued) + (batch == null ? 0 : batch.bytes());
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  long bytes() {
    return bytes;
  }

  private void write(ByteBuf wire) {
    writeBatch();
    bytes += wire.readableBytes();
    queue(wire);
    flushLater();
  }

  private void writeBatch() {
    if (batch != null) {
      var joined = batch.join(channel.alloc());
      batch = null;
      queue(joined.retainedDuplicate());
    }
  }

  private void queue(ByteBuf wire) {
    unflushed++;
    var _ = channel.write(wire, channel.unsafe().voidPromise());
  }

  private void flushLater() {
    if (!flushScheduled) {
      flushScheduled = true;
      loop.flushLater(this);
    }
  }
}
