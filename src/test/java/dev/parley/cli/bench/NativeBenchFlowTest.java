package dev.parley.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load client's side of the native dialect, against a server that knows just that much of it.
final class NativeBenchFlowTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server = vertx.createHttpServer();
  private final Set<String> messageIds = new HashSet<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private volatile int refuseFrom = Integer.MAX_VALUE;

  @BeforeEach
  void listen() {
    server
        .requestHandler(NativeBenchFlowTest::issueToken)
        .webSocketHandler(this::welcome)
        .listen(0, "127.0.0.1")
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void chatIsSentAtItsRateAndAcknowledged() {
    assertThat(run("chat", "--rooms", "3", "--rate", "500")).as(this::text).isZero();
    JsonObject report = new JsonObject(text());
    assertThat(report.getInteger("connections")).isEqualTo(6);
    assertThat(report.getLong("sent")).isBetween(50L, 5_000L);
    assertThat(report.getLong("count")).isEqualTo(report.getLong("sent"));
    assertThat(messageIds).hasSizeGreaterThanOrEqualTo(report.getInteger("sent"));
  }

  @Test
  void aRefusedMessageIsNoAcknowledgement() {
    refuseFrom = 10;
    assertThat(run("chat", "--rooms", "3", "--rate", "500")).isEqualTo(1);
    JsonObject report = new JsonObject(text());
    assertThat(report.getLong("refused")).isPositive();
    assertThat(report.getString("trouble")).contains("UNAVAILABLE");
  }

  @Test
  void echoIsPingAndPong() {
    assertThat(run("echo", "--connections", "3")).as(this::text).isZero();
    assertThat(new JsonObject(text()).getLong("count")).isPositive();
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    String port = Integer.toString(server.actualPort());
    all.addAll(List.of("--port", port, "--warmup", "0", "--duration", "1", "--json"));
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Bench.run(all, stream, System.err);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void issueToken(HttpServerRequest request) {
    var _ =
        request
            .body()
            .map(body -> new JsonObject(body).getString("user_id"))
            .map(user -> new JsonObject().put("token", "token-of-" + user))
            .compose(token -> request.response().end(token.toBuffer()));
  }

  private void welcome(ServerWebSocket socket) {
    assertThat(socket.path()).isEqualTo("/parley/v1");
    String authorization = socket.headers().get("Authorization");
    if (authorization != null && authorization.startsWith("Bearer token-of-u")) {
      write(socket, new JsonObject().put("type", "welcome"));
      socket.textMessageHandler(text -> answer(socket, new JsonObject(text)));
    }
  }

  private void answer(ServerWebSocket socket, JsonObject message) {
    JsonObject answer = new JsonObject().put("type", "ok").put("id", message.getString("id"));
    switch (message.getString("type")) {
      case "ping" -> write(socket, answer.put("type", "pong"));
      case "chat.send" -> {
        messageIds.add(message.getString("client_message_id"));
        boolean refused = messageIds.size() >= refuseFrom;
        write(socket, refused ? answer.put("type", "error").put("code", "UNAVAILABLE") : answer);
      }
      default -> write(socket, answer);
    }
  }

  private static void write(ServerWebSocket socket, JsonObject message) {
    var _ = socket.writeTextMessage(message.encode());
  }
}
