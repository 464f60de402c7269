package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
  private static final String ACCEPTED =
      String.join(
          "\r\n",
          "HTTP/1.1 101 Switching Protocols",
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
          "",
          "");

  private final Handshake handshake = new Handshake();

  @Test
  void whatFollowsTheResponseIsLeft() {
    ByteBuf bytes = ascii(ACCEPTED + "frame");
    assertThat(handshake.read(bytes)).isEqualTo(new Handshake.Answer.Upgraded());
    assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("frame");
  }

  @Test
  void aResponseMayComeInPieces() {
    for (char c : ACCEPTED.substring(0, ACCEPTED.length() - 1).toCharArray()) {
      assertThat(handshake.read(ascii(String.valueOf(c))))
          .isEqualTo(new Handshake.Answer.Unfinished());
    }
    assertThat(handshake.read(ascii("\n"))).isEqualTo(new Handshake.Answer.Upgraded());
  }

  @Test
  void anotherStatusIsARefusal() {
    assertThat(handshake.read(ascii("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n")))
        .isEqualTo(
            new Handshake.Answer.Refused("handshake answered HTTP/1.1 503 Service Unavailable"));
  }

  @Test
  void aWrongAcceptIsARefusal() {
    assertThat(handshake.read(ascii("HTTP/1.1 101 x\r\nSec-WebSocket-Accept: no\r\n\r\n")))
        .isInstanceOf(Handshake.Answer.Refused.class);
  }

  @Test
  void anEndlessResponseIsARefusal() {
    assertThat(handshake.read(ascii("x".repeat(20_000))))
        .isInstanceOf(Handshake.Answer.Refused.class);
  }

  @Test
  void aTokenIsShownInTheHeader() {
    assertThat(text(Optional.of("t0ken"))).contains("\r\nAuthorization: Bearer t0ken\r\n");
    assertThat(text(Optional.empty())).doesNotContain("Authorization").endsWith("\r\n\r\n");
  }

  private static String text(Optional<String> token) {
    byte[] request = Handshake.request("127.0.0.1:8000", "/parley/v1", token);
    return new String(request, StandardCharsets.US_ASCII);
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
