package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Frames as a server writes them: whole messages, unmasked (RFC 6455 section 5.2).
final class FrameWriter {
  private static final int LAST = 0x80;
  private static final int COMPRESSED = 0x40;

  private FrameWriter() {}

  /// Header and payload in one direct buffer of the exact size.
  static ByteBuf write(ByteBufAllocator buffers, Opcode opcode, byte[] payload) {
    return write(buffers, LAST | opcode.nibble(), payload, payload.length);
  }

  /// The frame of a message deflated as RFC 7692 says.
  ///
  /// @param deflated its first `size` bytes are the payload
  static ByteBuf writeDeflated(ByteBufAllocator buffers, Opcode opcode, byte[] deflated, int size) {
    return write(buffers, LAST | COMPRESSED | opcode.nibble(), deflated, size);
  }

  static Opcode opcodeOf(OutFrame frame) {
    return frame.binary() ? Opcode.BINARY : Opcode.TEXT;
  }

  static int headerBytes(int payloadBytes) {
    return payloadBytes < 126 ? 2 : payloadBytes <= 0xFFFF ? 4 : 10;
  }

  private static ByteBuf write(ByteBufAllocator buffers, int first, byte[] payload, int size) {
    var wire = buffers.directBuffer(headerBytes(size) + size);
    wire.writeByte(first);
    if (size < 126) {
      wire.writeByte(size);
    } else if (size <= 0xFFFF) {
      wire.writeByte(126).writeShort(size);
    } else {
      wire.writeByte(127).writeLong(size);
    }
    return wire.writeBytes(payload, 0, size);
  }
}
