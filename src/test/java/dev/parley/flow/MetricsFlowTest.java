package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who subscribes to samples gets one at once, then one every interval, until they have enough.
class MetricsFlowTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start("metrics.interval", "1s");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aConnectClientGetsOneAtOnceThenOneEveryIntervalThenNone() {
    TestClient ann = node.connect("/ws/connect?token=" + node.token("ann"));
    ann.await("connection_established");

    JsonObject first = ann.send(type("subscribe_system_metrics")).next();
    assertThat(TestClient.typeOf(first)).isEqualTo("system_metrics");
    assertThat(first.fieldNames()).containsExactly("type", "data", "node", "timestamp");
    JsonObject data = first.getJsonObject("data");
    assertThat(data.fieldNames()).containsExactly("cpu", "memory", "disk", "network", "process");
    assertThat(data.getJsonObject("memory").getLong("total")).isPositive();
    assertThat(data.getJsonObject("disk").getDouble("percent")).isBetween(0.0, 100.0);
    assertThat(data.getJsonObject("process").getInteger("connections")).isPositive();

    JsonObject second = ann.next();
    assertThat(second.getInstant("timestamp"))
        .isAfterOrEqualTo(first.getInstant("timestamp").plusMillis(900));
    assertThat(ann.next().getInstant("timestamp"))
        .isAfterOrEqualTo(second.getInstant("timestamp").plusMillis(900));

    ann.send(type("unsubscribe_system_metrics")).untilPong();
    assertThat(ann.poll(1_500)).isEmpty();
  }

  @Test
  void aNativeClientGetsTheFirstWithTheAnswer() {
    TestClient ann = node.client("native");
    JsonObject ok = ann.ask(type("metrics.subscribe"));

    assertThat(ok.getString("type")).isEqualTo("ok");
    assertThat(ok.getJsonObject("data").getJsonObject("cpu").getJsonArray("per_core")).isNotNull();
    JsonObject next = ann.await("metrics.sample");
    assertThat(next.getString("node")).isEqualTo(ok.getString("node"));
    assertThat(next.getInstant("timestamp")).isAfter(ok.getInstant("timestamp"));
    assertThat(ann.ask(type("metrics.unsubscribe")).getString("type")).isEqualTo("ok");
    ann.untilPong();
    assertThat(ann.poll(1_500)).isEmpty();
  }

  @Test
  void aNativeClientThatWantsNoAnswerGetsTheFirstAsAnEvent() {
    try (TestNode slow = TestNode.start("metrics.interval", "60s")) {
      TestClient ann = slow.client("native");
      ann.send(type("metrics.subscribe"));
      assertThat(ann.await("metrics.sample").getJsonObject("data").getJsonObject("cpu"))
          .isNotNull();
    }
  }

  @Test
  void subscribersOfTheTopicsGetThemToo() {
    TestClient ann = node.client("topics");
    ann.ask(topics("topic.subscribe", "metrics", "all"));
    JsonObject first = ann.await("metrics.sample");
    JsonObject second = ann.await("metrics.sample");
    assertThat(second.getInstant("timestamp"))
        .as("once, in both topics")
        .isAfter(first.getInstant("timestamp"));
    ann.ask(topics("topic.unsubscribe", "metrics", "all"));
    ann.untilPong();
    assertThat(ann.poll(1_500)).isEmpty();
  }

  @Test
  void twoHundredWhoListenCostOneSampleAndOneEncoding() throws Exception {
    try (TestNode own = TestNode.start("metrics.interval", "1s")) {
      List<TestClient> listeners = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        listeners.add(own.connect("/parley/v1?token=" + own.token("u" + i)));
      }
      listeners.forEach(each -> each.await("welcome"));
      listeners.forEach(each -> each.send(type("metrics.subscribe").put("id", 1)));
      Set<String> answered = new HashSet<>();
      Set<String> told = new HashSet<>();
      for (TestClient each : listeners) {
        answered.add(awaitCollecting(each, told, frame -> frame.containsKey("id")));
      }
      for (TestClient each : listeners) {
        String _ = awaitCollecting(each, told, MetricsFlowTest::isSample);
      }
      listeners.forEach(each -> each.send(type("metrics.unsubscribe")));
      listeners.forEach(each -> each.untilPong().forEach(late -> told.add(timeOf(late))));

      assertThat(answered).as("at most one a second").hasSizeLessThan(20);
      assertThat(told).isNotEmpty().hasSizeLessThan(20);
      assertThat(meter(own, "parley_encode_seconds_count{dialect=\"native\"}"))
          .isEqualTo(told.size());
      assertThat(meter(own, "parley_deliveries_total{dialect=\"native\"}"))
          .isGreaterThanOrEqualTo(200);
    }
  }

  /// @return the time of the frame awaited
  private static String awaitCollecting(
      TestClient client, Set<String> told, Predicate<JsonObject> wanted) {
    JsonObject frame =
        client.await(
            each -> {
              if (isSample(each)) {
                told.add(timeOf(each));
              }
              return wanted.test(each);
            },
            "what was awaited");
    return timeOf(frame);
  }

  private static boolean isSample(JsonObject frame) {
    return "metrics.sample".equals(frame.getString("type"));
  }

  private static String timeOf(JsonObject frame) {
    return frame.getString("timestamp");
  }

  private static double meter(TestNode of, String name) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + of.port() + "/metrics");
    String text =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
            .body();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  static JsonObject type(String type) {
    return new JsonObject().put("type", type);
  }

  static JsonObject topics(String type, String... topics) {
    return type(type).put("topics", List.of(topics));
  }
}
