package dev.parley.gateway.transport;

import dev.parley.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The payload of a close frame (RFC 6455 sections 5.5.1 and 7.4).
final class CloseFrame {
  /// Told of a close frame that gives no code; never sent.
  static final int NO_CODE = 1005;

  /// Told of a connection that ended without a close frame; never sent.
  static final int ABNORMAL = 1006;

  private static final int MAX_REASON_BYTES = 123;

  private CloseFrame() {}

  static Inbound parse(byte[] payload) {
    if (payload.length == 0) {
      return new Inbound.Close(NO_CODE);
    }
    if (payload.length == 1) {
      return new Inbound.Violation(CloseCode.PROTOCOL_ERROR);
    }
    int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    if (!mayBeSent(code)) {
      return new Inbound.Violation(CloseCode.PROTOCOL_ERROR);
    }
    return Utf8.isValid(Arrays.copyOfRange(payload, 2, payload.length))
        ? new Inbound.Close(code)
        : new Inbound.Violation(CloseCode.INVALID_TEXT);
  }

  private static boolean mayBeSent(int code) {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= 3000 && code <= 4999;
    };
  }

  /// @param code empty payload for [#NO_CODE]
  /// @param reason cut where it does not fit into a control frame
  static byte[] payload(int code, String reason) {
    if (code == NO_CODE) {
      return new byte[0];
    }
    byte[] text = fitting(reason).getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }

  /// The longest beginning of whole characters that fits.
  static String fitting(String reason) {
    int bytes = 0;
    int at = 0;
    while (at < reason.length()) {
      int character = reason.codePointAt(at);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x1_0000 ? 3 : 4;
      if (bytes > MAX_REASON_BYTES) {
        break;
      }
      at += Character.charCount(character);
    }
    return reason.substring(0, at);
  }
}
