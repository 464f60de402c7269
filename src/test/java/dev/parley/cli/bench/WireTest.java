package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WireTest {
  private final NativeWire ours = new NativeWire();
  private final SocketIoWire socketIo = new SocketIoWire();

  @Test
  void aNativeSessionStandsWithItsWelcome() {
    assertThat(ours.onUpgraded()).isEqualTo(Step.IGNORED);
    assertThat(ours.onFrame("{\"type\":\"welcome\",\"node\":\"n\"}")).isEqualTo(Step.OPENED);
    assertThat(ours.onFrame("{\"type\":\"ok\",\"id\":\"join\",\"room\":\"b0\"}"))
        .isEqualTo(Step.JOINED);
    assertThat(ours.onFrame("{\"type\":\"room.members_changed\"}")).isEqualTo(Step.IGNORED);
    assertThat(ours.onFrame("{\"type\":\"error\",\"code\":\"X\"}"))
        .isInstanceOf(Step.Refused.class);
  }

  @Test
  void aBroadcastCarriesTheCommonPayload() {
    assertThat(text(ours.broadcast("b1")))
        .startsWith("{\"type\":\"room.broadcast\",\"room\":\"b1\",")
        .contains("\"data\":" + Payload.of(""));
    assertThat(text(new PlainWire().broadcast("b1"))).hasSize(Payload.BYTES);
    assertThat(text(socketIo.broadcast("b1")))
        .hasSize(Payload.BYTES + "42[\"broadcast\",]".length());
  }

  @Test
  void onlyAnOkIsAnAcknowledgement() {
    String id = Mark.text(1, 0);
    assertThat(ours.isAcknowledgement("{\"type\":\"ok\",\"id\":\"" + id + "\"}")).isTrue();
    assertThat(ours.isAcknowledgement("{\"type\":\"error\",\"id\":\"" + id + "\"}")).isFalse();
  }

  @Test
  void socketIoIsOpenedAndKeptAlive() {
    assertThat(socketIo.onFrame("0{\"sid\":\"a\"}")).isInstanceOf(Step.Answer.class);
    assertThat(socketIo.onFrame("40{\"sid\":\"b\"}")).isEqualTo(Step.OPENED);
    assertThat(socketIo.onFrame("430[]")).isEqualTo(Step.JOINED);
    assertThat(socketIo.onFrame("2")).isInstanceOf(Step.Answer.class);
    assertThat(socketIo.onFrame("44{\"message\":\"no\"}")).isInstanceOf(Step.Refused.class);
  }

  private static String text(Template template) {
    return new String(template.payload(), StandardCharsets.US_ASCII);
  }
}
