package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that stop reading harm nobody but themselves.
class SlowConsumerFlowTest {
  private static final int READERS = Integer.getInteger("parley.test.readers", 20);
  private static final int STALLED = Integer.getInteger("parley.test.stalled", 4);
  private static final int MESSAGES = 400;

  /// Kept, lest they are collected and with that closed.
  private final List<TestClient> stalled = new ArrayList<>();

  private static final String CONTENT = "x".repeat(12_000);

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void slowConsumerIsClosedNotBufferedAndOthersLoseNothing(String transport) {
    try (TestNode node =
        TestNode.start(
            "ws.transport",
            transport,
            "limits.unsent_bytes",
            "256KiB",
            "dialects.native.messages",
            "100000")) {
      List<TestClient> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(join(node, "reader" + i, "busy"));
      }
      for (int i = 0; i < STALLED; i++) {
        TestClient client = join(node, "stalled" + i, "busy");
        client.stall();
        stalled.add(client);
      }
      TestClient writer = join(node, "writer", "busy");
      for (int i = 0; i < MESSAGES; i++) {
        writer.ask(send("busy", CONTENT));
      }
      for (TestClient reader : readers) {
        for (int seq = 1; seq <= MESSAGES; seq++) {
          assertThat(reader.await("chat.message").getLong("seq")).isEqualTo(seq);
        }
      }
      // The clients themselves may not notice: a reset that comes while nothing is asked for is
      // lost on some of them.
      Await.until(() -> node.node().connections() == READERS + 1, "the stalled ones are gone");
      assertThat(metrics(node))
          .contains("parley_closes_total{cause=\"slow_consumer\"} " + STALLED + ".0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void aStalledReaderOfEphemeralEventsGetsTheNewestWhenItReadsAgain(String transport) {
    try (TestNode node =
        TestNode.start(
            "ws.transport",
            transport,
            "limits.unsent_bytes",
            "256KiB",
            "limits.ephemeral",
            "100000")) {
      TestClient stalled = join(node, "stalled", "cursors");
      TestClient mover = join(node, "mover", "cursors");
      stalled.stall();
      for (int i = 0; i < 20_000; i++) {
        mover.send(cursor(i));
      }
      mover.untilPong();
      stalled.resume();
      JsonObject last =
          stalled.await(
              frame -> isCursor(frame) && frame.getInteger("x") == 19_999, "the newest cursor");
      assertThat(last.getString("user_id")).isEqualTo("mover");
      assertThat(stalled.isOpen()).isTrue();
    }
  }

  private static String metrics(TestNode node) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/metrics")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
    }
  }

  private static JsonObject cursor(int x) {
    return new JsonObject()
        .put("type", "cursor.move")
        .put("room", "cursors")
        .put("x", x)
        .put("y", 1);
  }

  private static boolean isCursor(JsonObject frame) {
    return "cursor.moved".equals(frame.getString("type"));
  }
}
