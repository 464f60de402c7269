package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Deflates whole messages without context takeover (RFC 7692 section 7.2.1), so that the result is
/// valid for every client that negotiated it, and one serves all connections of a thread.
final class Deflation {
  /// Shorter messages go as they are (`connection.md`).
  static final int MIN_BYTES = 1024;

  /// Longer ones too: they would hold the event loop up for milliseconds.
  static final int MAX_BYTES = 256 * 1024;

  private static final int LEVEL = 3;
  private static final int TAIL_BYTES = 4;
  private static final FastThreadLocal<Deflation> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected Deflation initialValue() {
          return new Deflation();
        }

        @Override
        protected void onRemoval(Deflation deflation) {
          deflation.deflater.end();
        }
      };

  private final Deflater deflater = new Deflater(LEVEL, true);

  static Deflation ofThread() {
    return OF_THREAD.get();
  }

  static boolean isWorthwhile(byte[] payload) {
    return payload.length >= MIN_BYTES && payload.length <= MAX_BYTES;
  }

  /// The frame of a deflated message; null if that would not make it shorter.
  @Nullable ByteBuf frame(ByteBufAllocator buffers, OutFrame frame) {
    byte[] room = new byte[frame.payload().length];
    int size = deflate(frame.payload(), room);
    return size == 0
        ? null
        : FrameWriter.writeDeflated(buffers, FrameWriter.opcodeOf(frame), room, size);
  }

  /// How many bytes of `room` the deflated message takes, 0 if it does not fit.
  private int deflate(byte[] payload, byte[] room) {
    deflater.reset();
    deflater.setInput(payload);
    int size = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    return size < room.length ? size - TAIL_BYTES : 0;
  }
}
