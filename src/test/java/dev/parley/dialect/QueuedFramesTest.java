package dev.parley.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What waited, in the words of the dialects that are fed.
class QueuedFramesTest {
  private static final Stamp STAMP = new Stamp(new Position("e", 7), "e", 3);
  private static final DialectLimits LIMITS = new DialectLimits(32, 100, 65_536, 500, 200);
  private static final Dialect NEXUS = new NexusDialect(LIMITS, InstantSource.system());
  private static final Dialect CONNECT = new ConnectDialect(LIMITS, InstantSource.system());

  @Test
  void aMessageOfARoom() {
    Envelope message =
        Envelope.durable(
            new ChatPosted(Samples.plainMessage()), Topic.of(new RoomName("r")), STAMP);
    for (Dialect dialect : new Dialect[] {NEXUS, CONNECT}) {
      JsonObject plain = only(dialect.encode(message));
      assertThat(only(dialect.encodeQueued(message))).isEqualTo(plain.put("queued", true));
    }
  }

  @Test
  void aDirectMessageWhateverIsInIt() {
    assertThat(text(CONNECT, "{\"type\":\"x\",\"n\":{}}"))
        .isEqualTo("{\"type\":\"x\",\"n\":{},\"queued\":true}");
    assertThat(text(CONNECT, "{}")).isEqualTo("{\"queued\":true}");
    assertThat(text(CONNECT, "{\"queued\":false,\"t\":\"ä\"}"))
        .isEqualTo("{\"t\":\"ä\",\"queued\":true}");
    assertThat(text(NEXUS, "{\"type\":\"x\"}"))
        .isEqualTo("{\"type\":\"x\",\"event_type\":\"x\",\"queued\":true}");
  }

  private static String text(Dialect dialect, String message) {
    Envelope envelope =
        Envelope.durable(
            new CustomMessage(new JsonObject(message)), Topic.of(new UserId("ann")), STAMP);
    return new String(dialect.encodeQueued(envelope).getFirst().payload(), StandardCharsets.UTF_8);
  }

  private static JsonObject only(List<OutFrame> frames) {
    assertThat(frames).hasSize(1);
    return new JsonObject(new String(frames.getFirst().payload(), StandardCharsets.UTF_8));
  }
}
