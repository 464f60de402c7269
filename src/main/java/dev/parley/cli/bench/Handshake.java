package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The upgrade from HTTP to WebSocket (RFC 6455 §4.1), the client's side. Every connection offers
/// the key of the RFC's example, and no extension: what is measured is not compressed.
final class Handshake {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final int MAX_RESPONSE_BYTES = 16 << 10;
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuf response = Unpooled.buffer(512, MAX_RESPONSE_BYTES);

  static byte[] request(String authority, String path, Optional<String> token) {
    String text =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: "
            + KEY
            + token.map(value -> "\r\nAuthorization: Bearer " + value).orElse("")
            + "\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads on, up to the end of the response; what follows it stays in `bytes`.
  Answer read(ByteBuf bytes) {
    while (bytes.isReadable() && response.maxWritableBytes() > 0) {
      response.writeByte(bytes.readByte());
      if (isComplete()) {
        return judge(response.toString(StandardCharsets.ISO_8859_1));
      }
    }
    return response.maxWritableBytes() > 0
        ? new Answer.Unfinished()
        : new Answer.Refused("a handshake of more than " + MAX_RESPONSE_BYTES + " bytes");
  }

  private boolean isComplete() {
    int end = response.writerIndex();
    if (end < END.length || response.getByte(end - 1) != '\n') {
      return false;
    }
    for (int i = 0; i < END.length; i++) {
      if (response.getByte(end - END.length + i) != END[i]) {
        return false;
      }
    }
    return true;
  }

  private static Answer judge(String response) {
    String status = response.lines().findFirst().orElse("");
    if (!status.startsWith("HTTP/1.1 101")) {
      return new Answer.Refused("handshake answered " + status);
    }
    return response.contains(ACCEPT)
        ? new Answer.Upgraded()
        : new Answer.Refused("handshake answered with a wrong Sec-WebSocket-Accept");
  }

  /// How far the handshake is.
  sealed interface Answer {
    record Unfinished() implements Answer {}

    record Upgraded() implements Answer {}

    record Refused(String why) implements Answer {}
  }
}
