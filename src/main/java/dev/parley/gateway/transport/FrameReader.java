package dev.parley.gateway.transport;

import dev.parley.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts the bytes of one client into frames (RFC 6455 section 5). A header is judged as soon as it
/// is complete, so that nothing is kept for a frame that will be refused; the room for a payload
/// grows with what arrived of it, not with what was announced. Between frames it holds nothing.
///
/// After a [Inbound.Violation] it must not be used any more.
final class FrameReader {
  private static final int MAX_HEADER_BYTES = 14;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int FIRST_ROOM_BYTES = 512;
  private static final byte[] NOTHING = {};

  private final MessageAssembly messages;

  private byte @Nullable [] headerRoom;
  private int headerBytes;

  private @Nullable Opcode opcode;
  private boolean last;
  private boolean compressed;
  private int mask;
  private int length;
  private byte[] payload = NOTHING;
  private int payloadBytes;

  FrameReader(MessageAssembly messages) {
    this.messages = messages;
  }

  /// Reads up to the end of one frame; null if the bytes end before.
  @Nullable Inbound read(ByteBuf in) {
    if (opcode == null) {
      var header = header(in);
      if (header == null) {
        return null;
      }
      var refused = begin(header);
      if (refused != null) {
        return new Inbound.Violation(refused);
      }
    }
    return readPayload(in) ? finish() : null;
  }

  /// The buffer to read the next header from, null as long as there is no whole one.
  private @Nullable ByteBuf header(ByteBuf in) {
    if (headerRoom == null) {
      int readable = in.readableBytes();
      if (readable >= 2 && readable >= headerSize(in.getByte(in.readerIndex() + 1))) {
        return in;
      }
      if (readable == 0) {
        return null;
      }
      headerRoom = new byte[MAX_HEADER_BYTES];
    }
    while (in.isReadable() && !isHeaderWhole(headerRoom)) {
      headerRoom[headerBytes++] = in.readByte();
    }
    if (!isHeaderWhole(headerRoom)) {
      return null;
    }
    var header = Unpooled.wrappedBuffer(headerRoom, 0, headerBytes);
    headerRoom = null;
    headerBytes = 0;
    return header;
  }

  private boolean isHeaderWhole(byte[] room) {
    return headerBytes >= 2 && headerBytes >= headerSize(room[1]);
  }

  private static int headerSize(byte second) {
    int announced = second & 0x7F;
    int lengthBytes = announced < 126 ? 0 : announced == 126 ? 2 : 8;
    return 2 + lengthBytes + (isMasked(second) ? 4 : 0);
  }

  private static boolean isMasked(int second) {
    return (second & 0x80) != 0;
  }

  /// Takes a header in; what it breaks, or null.
  private @Nullable CloseCode begin(ByteBuf header) {
    int first = header.readUnsignedByte();
    int second = header.readUnsignedByte();
    long size = readLength(header, second & 0x7F);
    var kind = Opcode.of(first & 0x0F);
    if (kind == null || size < 0 || !isMasked(second) || (first & 0x30) != 0) {
      return CloseCode.PROTOCOL_ERROR;
    }
    last = (first & 0x80) != 0;
    compressed = (first & 0x40) != 0;
    var refused =
        kind.isControl() ? admitControl(size) : messages.admit(kind, last, compressed, size);
    if (refused == null) {
      opcode = kind;
      mask = header.readInt();
      length = (int) size;
    }
    return refused;
  }

  /// Negative if it is not written in the fewest bytes.
  private static long readLength(ByteBuf header, int announced) {
    if (announced < 126) {
      return announced;
    }
    long length = announced == 126 ? header.readUnsignedShort() : header.readLong();
    return length >= (announced == 126 ? 126 : 0x1_0000) ? length : -1;
  }

  private @Nullable CloseCode admitControl(long size) {
    return last && !compressed && size <= MAX_CONTROL_BYTES ? null : CloseCode.PROTOCOL_ERROR;
  }

  /// Whether the payload is whole.
  private boolean readPayload(ByteBuf in) {
    int part = Math.min(in.readableBytes(), length - payloadBytes);
    if (payload.length < payloadBytes + part) {
      int room = Math.max(payloadBytes + part, Math.max(FIRST_ROOM_BYTES, 2 * payload.length));
      payload = Arrays.copyOf(payload, part == length ? length : Math.min(length, room));
    }
    in.readBytes(payload, payloadBytes, part);
    payloadBytes += part;
    return payloadBytes == length;
  }

  private Inbound finish() {
    var kind = opcode;
    var bytes = payload;
    opcode = null;
    payload = NOTHING;
    payloadBytes = 0;
    Mask.apply(bytes, mask);
    return switch (kind) {
      case PING -> new Inbound.Ping(bytes);
      case PONG -> new Inbound.Pong(bytes);
      case CLOSE -> CloseFrame.parse(bytes);
      case TEXT, BINARY, CONTINUATION -> messages.add(kind, last, compressed, bytes);
      case null -> throw new IllegalStateException("a payload without a header");
    };
  }
}
