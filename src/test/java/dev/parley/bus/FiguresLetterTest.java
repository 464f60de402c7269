package dev.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.observe.Latency;
import dev.parley.observe.NodeFigures;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FiguresLetterTest {
  private static final NodeFigures FIGURES =
      new NodeFigures(
          new NodeId("n1"),
          7,
          6,
          5,
          4,
          Map.of(RoomKind.ORDER, 3L, RoomKind.OTHER, 1L),
          1_000,
          2_000,
          1.25,
          60,
          Map.of(RoomKind.SUPPORT, 9L),
          new TreeMap<>(Map.of("native", 7L)),
          Map.of(ErrorCode.CONFLICT, 2L),
          new TreeMap<>(Map.of("ping", new Latency(3_000, new TreeMap<>(Map.of(1, 3L))))),
          100,
          200);

  @Test
  void figuresArriveAsTheyWere() {
    assertThat(FiguresLetter.decode(FiguresLetter.encode(FIGURES))).isEqualTo(FIGURES);
  }

  @Test
  void activityArrivesAsItWas() {
    Map<RoomName, RoomActivity> rooms =
        Map.of(
            new RoomName("order_1"),
            new RoomActivity(3, Optional.of(Instant.parse("2025-01-31T09:08:07.060Z")), 0.5),
            new RoomName("lobby"),
            RoomActivity.NONE);
    assertThat(FiguresLetter.activityIn(FiguresLetter.encode(rooms))).isEqualTo(rooms);
    List<RoomName> asked = List.copyOf(rooms.keySet());
    assertThat(FiguresLetter.roomsIn(FiguresLetter.question(asked))).isEqualTo(asked);
  }

  @Test
  void whatOnlyANewerNodeKnowsIsIgnoredAndWhatAnOlderOneDoesNotIsNothing() {
    JsonObject newer = FiguresLetter.encode(FIGURES).toJsonObject();
    newer.put("weather", "fine");
    newer.getJsonObject("rooms").put("garden", 1);
    newer.getJsonObject("errors").put("TOO_EARLY", 1);
    assertThat(FiguresLetter.decode(newer.toBuffer())).isEqualTo(FIGURES);

    NodeFigures older = FiguresLetter.decode(Buffer.buffer("{\"node\":\"n1\",\"sent\":3}"));
    assertThat(older.messagesSent()).isEqualTo(3);
    assertThat(older.rooms()).isZero();
    assertThat(older.latencies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"node\":7}",
        "{\"node\":\"n1\",\"sent\":\"many\"}",
        "{\"node\":\"n1\",\"sent\":-1}",
        "{\"node\":\"n1\",\"rooms\":[]}",
        "{\"node\":\"n1\",\"latencies\":{\"ping\":{\"classes\":{\"x\":1}}}}",
        "{\"node\":\"n1\",\"latencies\":{\"ping\":{\"classes\":{\"9999\":1}}}}",
      })
  void whatIsNoFiguresIsRefused(String letter) {
    assertThatThrownBy(() -> FiguresLetter.decode(Buffer.buffer(letter)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
