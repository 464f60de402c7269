package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load client against a small room server on Vert.x.
final class BenchFlowTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server = vertx.createHttpServer();
  private final Map<String, List<ServerWebSocket>> rooms = new HashMap<>();
  private final AtomicInteger broadcastsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    server
        .webSocketHandler(socket -> socket.textMessageHandler(text -> onMessage(socket, text)))
        .listen(0, "127.0.0.1")
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void echoMeasuresRoundTrips() {
    JsonObject report = measured("echo", "--connections", "20");
    assertThat(report.getInteger("connections")).isEqualTo(20);
    assertThat(report.getLong("count")).isPositive();
    assertThat(report.getLong("sent"))
        .isBetween(report.getLong("count"), report.getLong("count") + 20);
    assertThat(report.getJsonObject("latency_us").getLong("p50")).isPositive();
  }

  @Test
  void fanOutCountsEachDelivery() {
    JsonObject report =
        measured("fanout", "--rooms", "3", "--members", "7", "--inflight", "2", "--loops", "2");
    assertThat(report.getInteger("connections")).isEqualTo(21);
    long perBroadcast = Math.round((double) report.getLong("count") / report.getLong("sent"));
    assertThat(perBroadcast).isEqualTo(7);
    assertThat(report.getLong("lost")).isZero();
  }

  @Test
  void connectionsMayBeInManyRooms() {
    JsonObject report =
        measured("many-rooms", "--rooms", "10", "--connections", "10", "--joined", "3");
    long perBroadcast = Math.round((double) report.getLong("count") / report.getLong("sent"));
    assertThat(perBroadcast).isEqualTo(3);
  }

  @Test
  void stormAndIdleCountSessions() {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertThat(measured("storm", "--connections", "50").getLong("count")).isEqualTo(50);
    JsonObject idle = measured("idle", "--connections", "30", "--pid", pid);
    assertThat(idle.getInteger("connections")).isEqualTo(30);
    assertThat(idle.getJsonObject("server").getLong("rss_after")).isPositive();
  }

  @Test
  void aTableIsForPeople() {
    assertThat(run("echo", "--connections", "1")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("scenario          echo 1\n", "round trips ", "latency           ms: p50 ");
  }

  @Test
  void aServerThatRefusesEndsTheRun() {
    server.close().await();
    assertThat(run("echo", "--connections", "5")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("trouble           connection ");
  }

  @Test
  void aServerThatHangsUpEndsTheRun() {
    broadcastsLeft.set(100);
    assertThat(run("fanout", "--members", "3", "--duration", "60")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("closed with 1012");
  }

  @Test
  void wrongUsageIsSaidInOneLine() {
    assertThat(Bench.run(List.of("fly"), stream(out), stream(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("parley bench: no such scenario: fly (--help lists what there is)\n");
  }

  @Test
  void helpIsNoMistake() {
    assertThat(Bench.run(List.of("--help"), stream(out), stream(err))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: parley bench");
  }

  private JsonObject measured(String... words) {
    out.reset();
    int code = run(Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new));
    assertThat(code).as(() -> out.toString(StandardCharsets.UTF_8)).isZero();
    return new JsonObject(out.toString(StandardCharsets.UTF_8));
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--protocol", "plain", "--port", Integer.toString(server.actualPort())));
    all.addAll(List.of("--warmup", "0"));
    if (!all.contains("--duration")) {
      all.addAll(List.of("--duration", "1"));
    }
    return Bench.run(all, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /// All on the one event loop of the server.
  private void onMessage(ServerWebSocket socket, String text) {
    JsonObject message = new JsonObject(text);
    switch (message.getString("type")) {
      case "join" -> {
        room(message).add(socket);
        write(socket, "{\"type\":\"joined\"}");
      }
      case "broadcast" -> broadcast(room(message), text);
      case "echo" -> write(socket, text);
      default -> throw new IllegalArgumentException(text);
    }
  }

  private List<ServerWebSocket> room(JsonObject message) {
    return rooms.computeIfAbsent(message.getString("room"), room -> new ArrayList<>());
  }

  private void broadcast(List<ServerWebSocket> members, String text) {
    if (broadcastsLeft.getAndDecrement() > 0) {
      members.forEach(member -> write(member, text));
    } else {
      members.forEach(BenchFlowTest::hangUp);
    }
  }

  private static void hangUp(ServerWebSocket socket) {
    var _ = socket.close((short) 1012, "restart");
  }

  private static void write(ServerWebSocket socket, String text) {
    var _ = socket.writeTextMessage(text);
  }
}
