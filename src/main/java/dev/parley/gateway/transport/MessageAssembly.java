package dev.parley.gateway.transport;

import dev.parley.dialect.InFrame;
import dev.parley.protocol.CloseCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts the frames of one client together to messages, within its limits. Of a message in fragments
/// it keeps what came, never more than the limit; between messages it holds nothing.
final class MessageAssembly {
  /// So that a message of endless empty fragments ends too.
  static final int MAX_FRAGMENTS = 16_384;

  private final @Nullable Inflation inflation;
  private int maxMessageBytes;
  private boolean fragments;
  private @Nullable Begun begun;

  /// @param inflation null if compression was not negotiated
  MessageAssembly(int maxMessageBytes, boolean fragments, @Nullable Inflation inflation) {
    this.maxMessageBytes = maxMessageBytes;
    this.fragments = fragments;
    this.inflation = inflation;
  }

  void limit(int maxMessageBytes, boolean fragments) {
    this.maxMessageBytes = maxMessageBytes;
    this.fragments = fragments;
  }

  /// Judges a data frame by its header: null if it may come, else what it breaks.
  @Nullable CloseCode admit(Opcode opcode, boolean last, boolean compressed, long size) {
    boolean continues = opcode == Opcode.CONTINUATION;
    if (continues == (begun == null) || (compressed && (continues || inflation == null))) {
      return CloseCode.PROTOCOL_ERROR;
    }
    if (!fragments && (continues || !last)) {
      return CloseCode.POLICY;
    }
    boolean fits =
        begun == null
            ? size <= maxMessageBytes
            : size <= maxMessageBytes - begun.size && begun.frames < MAX_FRAGMENTS;
    return fits ? null : CloseCode.TOO_LARGE;
  }

  /// Takes the payload of an admitted data frame; it is the assembly's from now on.
  Inbound add(Opcode opcode, boolean last, boolean compressed, byte[] payload) {
    if (begun == null && last) {
      return whole(opcode == Opcode.BINARY, compressed, payload);
    }
    if (begun == null) {
      begun = new Begun(opcode == Opcode.BINARY, compressed);
    }
    begun.add(payload, maxMessageBytes);
    if (!last) {
      return new Inbound.Fragment();
    }
    var message = begun;
    begun = null;
    return whole(message.binary, message.compressed, message.bytes());
  }

  private Inbound whole(boolean binary, boolean compressed, byte[] payload) {
    if (!compressed || inflation == null) {
      return checked(binary, payload);
    }
    return switch (inflation.inflate(payload, maxMessageBytes)) {
      case Inflation.Inflated(var bytes) -> checked(binary, bytes);
      case Inflation.TooLarge() -> new Inbound.Violation(CloseCode.TOO_LARGE);
      case Inflation.Corrupt() -> new Inbound.Violation(CloseCode.PROTOCOL_ERROR);
    };
  }

  private static Inbound checked(boolean binary, byte[] payload) {
    return binary || Utf8.isValid(payload)
        ? new Inbound.Message(new InFrame(binary, payload))
        : new Inbound.Violation(CloseCode.INVALID_TEXT);
  }

  /// A message of which fragments are still to come.
  private static final class Begun {
    final boolean binary;
    final boolean compressed;
    byte[] room = new byte[0];
    int size;
    int frames;

    Begun(boolean binary, boolean compressed) {
      this.binary = binary;
      this.compressed = compressed;
    }

    void add(byte[] fragment, int maxMessageBytes) {
      frames++;
      int needed = size + fragment.length;
      if (size == 0) {
        room = fragment;
      } else {
        if (room.length < needed) {
          room = Arrays.copyOf(room, Math.max(needed, Math.min(2 * room.length, maxMessageBytes)));
        }
        System.arraycopy(fragment, 0, room, size, fragment.length);
      }
      size = needed;
    }

    byte[] bytes() {
      return room.length == size ? room : Arrays.copyOf(room, size);
    }
  }
}
