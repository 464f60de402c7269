package dev.parley.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.RandomRecords;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonFormatTest {
  static List<JsonFormat> formats() {
    return List.of(JsonFormat.TEXT, JsonFormat.CBOR);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anyTreeIsReadAsItWasWritten(JsonFormat format) throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    for (int i = 0; i < 2_000; i++) {
      JsonObject tree = records.tree(5);
      byte[] document = format.encode(out -> out.value(tree));
      assertThat(format.decode(document)).as("seed %d", seed).isEqualTo(tree);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void pairsOfSurrogatesSurviveAtEveryEdgeOfABuffer(JsonFormat format) throws IOException {
    for (int edge : new int[] {1000, 2000, 4000, 8000, 16_000}) {
      for (int before = edge - 40; before <= edge + 8; before++) {
        JsonObject tree = new JsonObject().put("t", "x".repeat(before) + "👍🏽" + "y".repeat(50));
        assertThat(format.decode(format.encode(out -> out.value(tree)))).isEqualTo(tree);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void halvesOfSurrogatePairsBecomeReplacementCharacters(JsonFormat format) throws IOException {
    JsonObject broken = new JsonObject().put("a\uD83D", "\uDC4D👍\uD83D|\uD83D\uD83D\uDC4D");
    JsonObject mended = new JsonObject().put("a\uFFFD", "\uFFFD👍\uFFFD|\uFFFD👍");
    assertThat(format.decode(format.encode(out -> out.value(broken)))).isEqualTo(mended);
  }

  @Test
  void halvesThatEscapesBringInAreReplacedToo() throws IOException {
    byte[] cut = "{\"a\":\"\\udc4d \\ud83d\\udc4d \\ud83d\"}".getBytes(UTF_8);
    assertThat(JsonFormat.TEXT.decode(cut))
        .isEqualTo(new JsonObject().put("a", "\uFFFD 👍 \uFFFD"));
  }

  @Test
  void whateverAVerticlePutsIntoAnObjectHasAForm() {
    JsonObject odd =
        new JsonObject()
            .put("bytes", new byte[] {1, 2, 3})
            .put("buffer", Buffer.buffer("hi"))
            .put("instant", Instant.parse("2025-01-31T09:08:07.123456Z"))
            .put("far", Instant.MAX)
            .put("nan", Double.NaN)
            .put("infinite", Float.POSITIVE_INFINITY)
            .put("huge", new BigDecimal("1e400"))
            .put("big", new BigInteger("123456789012345678901234567890"))
            .put("exact", new BigDecimal("1.10"))
            .put("enum", PresenceStatus.AWAY)
            .put("short", (short) 7)
            .put("float", 1.5f);
    assertThat(text(odd))
        .isEqualTo(
            """
            {"bytes":"AQID","buffer":"aGk","instant":"2025-01-31T09:08:07.123Z",\
            "far":"+1000000000-12-31T23:59:59.999999999Z","nan":null,"infinite":null,\
            "huge":null,"big":123456789012345678901234567890,"exact":1.10,"enum":"AWAY",\
            "short":7,"float":1.5}\
            """);
  }

  @Test
  void aDocumentThatFailsDoesNotSpoilTheNext() {
    JsonArray endless = new JsonArray();
    endless.add(endless);
    assertThatThrownBy(() -> JsonFormat.TEXT.encode(out -> out.value(endless)))
        .isInstanceOf(RuntimeException.class);
    assertThat(text(new JsonObject().put("a", 1))).isEqualTo("{\"a\":1}");
  }

  @Test
  void documentsFollowEachOtherWithoutAnythingBetween() {
    for (int i = 0; i < 5; i++) {
      assertThat(text(new JsonObject())).isEqualTo("{}");
    }
  }

  private static String text(JsonObject tree) {
    return new String(JsonFormat.TEXT.encode(out -> out.value(tree)), UTF_8);
  }
}
