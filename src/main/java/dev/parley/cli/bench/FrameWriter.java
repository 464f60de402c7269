package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.SplittableRandom;

/// Makes masked client frames (RFC 6455 §5.3). One per event loop.
final class FrameWriter {
  private static final int MASKED = 0x80;
  private static final int FIN = 0x80;

  private final ByteBufAllocator allocator;
  private final SplittableRandom random = new SplittableRandom();

  FrameWriter(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /// A frame with the payload as it is.
  ByteBuf frame(int opcode, byte[] payload) {
    ByteBuf frame = begin(opcode, payload);
    return mask(frame, payload.length);
  }

  /// A text frame with the template's mark filled in.
  ByteBuf frame(Template template, long at, int lane) {
    byte[] payload = template.payload();
    ByteBuf frame = begin(FrameReader.TEXT, payload);
    int start = frame.writerIndex() - payload.length;
    Mark.write(frame, start + template.markOffset(), at, lane);
    return mask(frame, payload.length);
  }

  private ByteBuf begin(int opcode, byte[] payload) {
    int length = payload.length;
    if (length > 0xffff) {
      throw new IllegalArgumentException("a payload of " + length + " bytes");
    }
    ByteBuf frame = allocator.directBuffer(length + 8);
    frame.writeByte(FIN | opcode);
    if (length < 126) {
      frame.writeByte(MASKED | length);
    } else {
      frame.writeByte(MASKED | 126).writeShort(length);
    }
    return frame.writeInt(random.nextInt()).writeBytes(payload);
  }

  private static ByteBuf mask(ByteBuf frame, int length) {
    int start = frame.writerIndex() - length;
    int key = frame.getInt(start - 4);
    int end = frame.writerIndex();
    int i = start;
    for (; i + 4 <= end; i += 4) {
      frame.setInt(i, frame.getInt(i) ^ key);
    }
    for (int shift = 24; i < end; i++, shift -= 8) {
      frame.setByte(i, frame.getByte(i) ^ key >>> shift);
    }
    return frame;
  }
}
