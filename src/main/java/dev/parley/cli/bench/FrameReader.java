package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// Takes the byte stream of a server apart into WebSocket frames (RFC 6455 §5.2), in place: only an
/// unfinished frame at the end of a read is copied. Whole, unmasked, uncompressed frames of at most
/// 16 MiB are all that a measured server sends; anything else is a violation, after which nothing
/// is read any more. One per connection, used on its event loop.
final class FrameReader {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int MAX_FRAME_BYTES = 16 << 20;
  private static final int REST_LIMIT = 2 * MAX_FRAME_BYTES;
  private static final int INCOMPLETE = -1;
  private static final int BROKEN = -2;

  private final Sink sink;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;
  private boolean broken;

  FrameReader(Sink sink) {
    this.sink = sink;
  }

  /// Reads what came. The buffer becomes the reader's.
  void read(ByteBuf bytes, ByteBufAllocator allocator) {
    if (broken) {
      bytes.release();
    } else if (rest.isReadable()) {
      rest.writeBytes(bytes);
      bytes.release();
      ByteBuf joined = rest;
      rest = Unpooled.EMPTY_BUFFER;
      readFrames(joined, allocator);
    } else {
      readFrames(bytes, allocator);
    }
  }

  /// Lets go of an unfinished frame. The last call.
  void release() {
    broken = true;
    rest.release();
    rest = Unpooled.EMPTY_BUFFER;
  }

  private void readFrames(ByteBuf bytes, ByteBufAllocator allocator) {
    int index = bytes.readerIndex();
    int end = bytes.writerIndex();
    int next = index;
    while (next >= 0 && !broken) {
      index = next;
      next = readFrame(bytes, index, end);
    }
    if (index < end && !broken) {
      keep(bytes.readerIndex(index), allocator);
    } else {
      bytes.release();
    }
  }

  /// A long frame that comes in many reads is gathered in one buffer of our own.
  private void keep(ByteBuf unfinished, ByteBufAllocator allocator) {
    boolean ours = unfinished.readerIndex() == 0 && unfinished.maxCapacity() == REST_LIMIT;
    if (ours) {
      rest = unfinished;
    } else {
      rest = allocator.buffer(2 * unfinished.readableBytes(), REST_LIMIT).writeBytes(unfinished);
      unfinished.release();
    }
  }

  /// The index after the frame at `index`, or that there is no whole one.
  private int readFrame(ByteBuf bytes, int index, int end) {
    int available = end - index;
    if (available < 2) {
      return INCOMPLETE;
    }
    int head = bytes.getUnsignedShort(index);
    if ((head & 0xf080) != 0x8000) {
      return violated("a fragmented, compressed or masked frame");
    }
    int shortLength = head & 0x7f;
    int headerLength = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
    if (available < headerLength) {
      return INCOMPLETE;
    }
    long length = length(bytes, index, shortLength);
    if (length < 0 || length > MAX_FRAME_BYTES) {
      return violated("a frame of " + Long.toUnsignedString(length) + " bytes");
    }
    if (available < headerLength + length) {
      return INCOMPLETE;
    }
    sink.onFrame(head >> 8 & 0xf, bytes, index + headerLength, (int) length);
    return index + headerLength + (int) length;
  }

  private static long length(ByteBuf bytes, int index, int shortLength) {
    return switch (shortLength) {
      case 126 -> bytes.getUnsignedShort(index + 2);
      case 127 -> bytes.getLong(index + 2);
      default -> shortLength;
    };
  }

  private int violated(String what) {
    broken = true;
    sink.onViolation(what);
    return BROKEN;
  }

  /// Where frames go.
  interface Sink {
    /// A whole frame; its bytes are valid during the call.
    void onFrame(int opcode, ByteBuf bytes, int start, int length);

    /// The server sent what this client does not read. Called once, last.
    void onViolation(String what);
  }
}
