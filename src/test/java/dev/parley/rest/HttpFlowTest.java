package dev.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestNode;
import dev.parley.rest.Rest.Answered;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for all calls, in production: browsers, addresses, rates, names in paths.
final class HttpFlowTest {
  private static final String APP = "https://app.example";

  private static TestNode node;
  private static Rest rest;
  private static Rest admin;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            "mode", "production",
            "http.host", "127.0.0.1",
            "http.allowed_origins", APP,
            "http.trusted_proxies", "127.0.0.1/32",
            "admin.allowed_ips", "127.0.0.0/8,192.0.2.0/24",
            "limits.rest_requests", "100");
    rest = new Rest(node.port());
    admin = rest.as(node.token("root", "admin"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aPageOfAnAllowedOriginMayAskBeforehandAndReadTheAnswer() {
    Rest page = rest.without("Content-Type").with("Origin", APP);
    Answered asked =
        page.with("Access-Control-Request-Method", "DELETE")
            .ask("OPTIONS", "/api/v1/notifications/n-1", Optional.empty());
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Access-Control-Allow-Origin")).contains(APP);
    assertThat(asked.header("Access-Control-Allow-Methods").orElse("")).contains("DELETE");
    assertThat(asked.header("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization")
        .contains("Content-Type");
    assertThat(asked.header("Vary")).contains("Origin");

    Answered answered = page.as(node.token("ann")).get("/api/ws/stats");
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Access-Control-Allow-Origin")).contains(APP);
    assertThat(page.get("/api/ws/stats").header("Access-Control-Allow-Origin")).contains(APP);
  }

  @Test
  void aPageOfAForeignOriginMayNothing() {
    Rest foreign = rest.as(node.token("ann")).with("Origin", "https://evil.example");
    Answered asked = foreign.ask("OPTIONS", "/ws/rooms", Optional.empty());
    assertThat(asked.status()).isEqualTo(403);
    Answered answered = foreign.ask("GET", "/ws/rooms", Optional.empty());
    assertThat(answered.status()).isEqualTo(403);
    assertThat(answered.error().getString("code")).isEqualTo("PERMISSION_DENIED");
    assertThat(answered.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void whoeverIsNoBrowserMayAskWhatOneCanCall() {
    Answered asked = rest.ask("OPTIONS", "/api/v1/notifications", Optional.empty());
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Allow")).contains("GET, HEAD, OPTIONS, POST");
    assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void aHeadIsAnsweredWithoutABody() {
    Answered head = rest.ask("HEAD", "/ws/health", Optional.empty());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Content-Type")).contains("application/json");
  }

  @Test
  void administratorsCallFromWhereTheyMay() {
    Rest inside = admin.with("X-Forwarded-For", "192.0.2.7");
    Rest outside = admin.with("X-Forwarded-For", "198.51.100.7");
    assertThat(inside.get("/api/v1/ws/connections").status()).isEqualTo(200);
    for (Call call : TestRoutes.table()) {
      if (call.rights() == Rights.ADMIN || call.rights() == Rights.SERVICE) {
        String path = call.path().replaceAll(":\\w+", "known");
        Answered answered =
            outside.call(call.method().name(), path, Optional.of("{\"status\":\"running\"}"));
        assertThat(answered.status()).as(call.name()).isEqualTo(403);
      }
    }
    assertThat(inside.get("/ws/connection-stats").data().fieldNames()).contains("errors");
    assertThat(outside.get("/ws/connection-stats").data().fieldNames()).doesNotContain("errors");
  }

  @Test
  void thereAreNoGuestsAndNoTokensForWhoeverAsks() {
    assertThat(rest.get("/api/v1/notifications").status()).isEqualTo(401);
    Answered token = rest.ask("POST", "/dev/token", Optional.of("{\"user_id\":\"ann\"}"));
    assertThat(token.status()).isEqualTo(404);
  }

  @Test
  void tooManyCallsAreToldWhenToTryAgain() {
    Rest hasty = rest.as(node.token("hasty"));
    for (int i = 0; i < 100; i++) {
      assertThat(hasty.get("/api/ws/online").status()).isEqualTo(200);
    }
    for (String path : List.of("/api/ws/online", "/ws/rooms")) {
      Answered answered = hasty.get(path);
      assertThat(answered.status()).isEqualTo(429);
      long wait = Long.parseLong(answered.header("Retry-After").orElseThrow());
      assertThat(wait).isBetween(1L, 61L);
      assertThat(answered.error().getLong("retry_after")).isEqualTo(wait);
      assertThat(answered.error().getString("code")).isEqualTo("RATE_LIMIT_EXCEEDED");
    }
  }

  @Test
  void namesInPathsAreDecodedOnce() {
    Rest ann = rest.as(node.token("ann"));
    for (String id : List.of("a%7Cb%3Ac%2Bd", "a|b:c+d".replace("|", "%7C"), "a%40b")) {
      JsonObject presence = ann.get("/api/presence/" + id).json();
      assertThat(presence.getString("user_id"))
          .isEqualTo(
              id.replace("%7C", "|").replace("%3A", ":").replace("%2B", "+").replace("%40", "@"));
    }
    assertThat(ann.get("/api/presence/a%2540b").status()).isEqualTo(422);
    assertThat(ann.get("/api/presence/a%2Fb").status()).isEqualTo(422);
    assertThat(ann.get("/api/presence/%ff").status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /ws/rooms?limit=%zz",
        "GET /ws/rooms/%zz/messages",
        "GET /api/presence/%e2%28",
        "GET /ws/%",
        "GET /parley/v1?token=%zz",
        "PATCH //ws//rooms",
        "OPTIONS *"
      })
  void whatCannotBeReadIsTheClientsFault(String request) throws Exception {
    String head =
        request
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
            + node.token("ann")
            + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").contains("\"code\":");
    }
  }

  @Test
  void theDescriptionIsServed() throws Exception {
    Answered description = rest.ask("GET", "/openapi.yaml", Optional.empty());
    assertThat(description.status()).isEqualTo(200);
    assertThat(description.header("Content-Type")).contains("application/yaml");
    assertThat(description.text()).isEqualTo(Files.readString(Path.of("webroot/openapi.yaml")));
  }
}
