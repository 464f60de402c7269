package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFlowTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start("auth.timeout", "2s", "dialects.nexus.connections_per_user", "2");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aTokenComesByHeader() {
    try (TestClient client =
        TestClient.connect(
            node.port(), "/parley/v1", Map.of("Authorization", "Bearer " + node.token("ann")))) {
      assertThat(client.await("welcome").getJsonObject("user").getString("user_id"))
          .isEqualTo("ann");
    }
  }

  @Test
  void aTokenComesBySubprotocol() {
    try (TestClient client =
        TestClient.connect(node.port(), "/parley/v1", "parley.bearer", node.token("ann"))) {
      assertThat(client.subprotocol()).isEqualTo("parley.bearer");
      assertThat(client.await("welcome").getJsonObject("user").getString("username"))
          .isEqualTo("Ann");
    }
  }

  @Test
  void aTokenComesAsFirstMessage() {
    try (TestClient client = TestClient.connect(node.port(), "/parley/v1")) {
      JsonObject auth = new JsonObject().put("type", "auth").put("token", node.token("ann"));
      assertThat(client.ask(auth).getString("type")).isEqualTo("ok");
      assertThat(client.await("welcome").getJsonObject("user").getString("user_id"))
          .isEqualTo("ann");
      assertThat(
              client
                  .ask(new JsonObject().put("type", "room.join").put("room", "first"))
                  .getString("type"))
          .isEqualTo("ok");
    }
  }

  @Test
  void aBadTokenIsToldAndClosed() {
    try (TestClient client = TestClient.connect(node.port(), "/parley/v1?token=nonsense")) {
      assertThat(client.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
      assertThat(client.awaitClosed()).isEqualTo(new TestClient.Closed(1008, "Unauthorized"));
    }
  }

  @Test
  void whoeverShowsNoTokenInTimeIsClosed() {
    try (TestClient client = TestClient.connect(node.port(), "/ws/connect")) {
      assertThat(client.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
      assertThat(client.awaitClosed().code()).isEqualTo(1008);
    }
  }

  @Test
  void aStrangerMayOnlyPingAndAuthenticate() {
    try (TestClient client = TestClient.connect(node.port(), "/parley/v1")) {
      assertThat(client.ask(new JsonObject().put("type", "ping")).getString("type"))
          .isEqualTo("pong");
      client.send(new JsonObject().put("type", "room.join").put("room", "r"));
      assertThat(client.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
      assertThat(client.awaitClosed().code()).isEqualTo(1008);
    }
  }

  @Test
  void theUserOfANexusQueryMustBeTheTokens() {
    try (TestClient client =
        TestClient.connect(node.port(), "/ws?user_id=bob&token=" + node.token("ann"))) {
      assertThat(client.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
      assertThat(client.awaitClosed().code()).isEqualTo(1008);
    }
  }

  @Test
  void aGuestOfDevelopmentModeComesInByNexus() {
    try (TestClient client = TestClient.connect(node.port(), "/ws?user_id=guest7")) {
      assertThat(client.next().getString("user_id")).isEqualTo("guest7");
    }
  }

  @Test
  void aTokenIsRenewedOnTheOpenConnectionByTheSameUserOnly() {
    try (TestNode strict =
            TestNode.start(
                "auth.leeway", "0s", "auth.token_grace", "1s", "auth.expiry_notice", "1s");
        TestClient client =
            TestClient.connect(
                strict.port(), "/parley/v1?token=" + strict.token("ann", Duration.ofSeconds(2)))) {
      client.await("session.expiring");
      JsonObject other = new JsonObject().put("type", "auth").put("token", strict.token("bob"));
      assertThat(client.ask(other).getString("code")).isEqualTo("AUTHENTICATION_FAILED");
      JsonObject brief =
          new JsonObject()
              .put("type", "auth")
              .put("token", strict.token("ann", Duration.ofSeconds(2)));
      assertThat(client.ask(brief).getString("type")).isEqualTo("ok");
      assertThat(client.await("error").getString("code")).isEqualTo("TOKEN_EXPIRED");
      assertThat(client.awaitClosed().code()).isEqualTo(4401);
    }
  }

  @Test
  void malformedFramesAreAnsweredAndTheConnectionStays() {
    TestClient client = node.client("garbled");
    client.send("{");
    assertThat(client.await("error").getString("code")).isEqualTo("INVALID_JSON");
    client.send("[1]");
    assertThat(client.await("error").getString("code")).isEqualTo("INVALID_JSON");
    client.send("{\"x\":1}");
    JsonObject untyped = client.await("error");
    assertThat(untyped.getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(untyped.getString("field")).isEqualTo("type");
    assertThat(client.ask(new JsonObject().put("type", "no.such")).getString("code"))
        .isEqualTo("UNKNOWN_MESSAGE_TYPE");
    assertThat(client.ask(new JsonObject().put("type", "ping")).getString("type"))
        .isEqualTo("pong");
  }

  @Test
  void aHundredBadMessagesInAMinuteEndTheConnection() {
    TestClient client = node.client("rude");
    for (int i = 0; i <= 100; i++) {
      client.send("{");
    }
    assertThat(client.awaitClosed().code()).isEqualTo(1008);
  }

  @Test
  void aFrameOverTheLimitIsToldAndClosed() {
    TestClient client = node.client("large");
    client.send(send("r", "x".repeat(70_000)));
    assertThat(client.await("error").getString("code")).isEqualTo("MESSAGE_TOO_LARGE");
    assertThat(client.awaitClosed().code()).isEqualTo(1009);
  }

  @Test
  void theRateOfAUserIsLimitedAndPingIsNot() {
    try (TestNode strict = TestNode.start("dialects.native.messages", "3")) {
      TestClient client = strict.client("fast");
      JsonObject list = new JsonObject().put("type", "room.list");
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask(list).getString("type")).isEqualTo("ok");
      }
      JsonObject refused = client.ask(list);
      assertThat(refused.getString("code")).isEqualTo("RATE_LIMIT_EXCEEDED");
      assertThat(refused.getString("error"))
          .isEqualTo("Rate limit exceeded: too many requests per minute");
      assertThat(refused.getInteger("retry_after")).isBetween(1, 60);
      assertThat(client.ask(new JsonObject().put("type", "ping")).getString("type"))
          .isEqualTo("pong");
    }
  }

  @Test
  void aUserHasSoManyConnectionsAndNoMore() {
    String path = "/ws?user_id=many&token=" + node.token("many");
    TestClient first = node.connect(path);
    TestClient second = node.connect(path);
    first.await("system.message");
    second.await("system.message");
    TestClient third = node.connect(path);
    assertThat(third.await("error").getString("code")).isEqualTo("TOO_MANY_CONNECTIONS");
    assertThat(third.awaitClosed().code()).isEqualTo(1008);
    first.close();
    first.awaitClosed();
    TestClient fourth = node.connect(path);
    fourth.await("system.message");
  }

  @Test
  void aRevokedUserGetsNothingLaterOfTheRoom() throws Exception {
    TestClient bob = join(node, "bob", "order_7", "admin");
    assertThat(status("PUT", "/api/v1/rooms/order_7/grants/ann", node.token("root", "admin")))
        .isEqualTo(200);
    TestClient ann = join(node, "ann", "order_7");
    bob.ask(send("order_7", "before"));
    assertThat(ann.await("chat.message").getString("content")).isEqualTo("before");
    assertThat(status("DELETE", "/api/v1/rooms/order_7/grants/ann", node.token("root", "admin")))
        .isEqualTo(200);
    assertThat(ann.await("error").getString("code")).isEqualTo("PERMISSION_DENIED");
    bob.ask(send("order_7", "after"));
    assertThat(ann.untilPong()).noneMatch(frame -> frame.encode().contains("after"));
    assertThat(ann.ask(send("order_7", "let me in")).getString("code"))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void grantsAreForAdministrators() throws Exception {
    assertThat(status("PUT", "/api/v1/rooms/order_8/grants/ann", node.token("ann"))).isEqualTo(403);
    assertThat(status("PUT", "/api/v1/rooms/order_8/grants/ann", "nonsense")).isEqualTo(401);
    assertThat(status("PUT", "/api/v1/rooms/a%20b/grants/ann", node.token("root", "admin")))
        .isEqualTo(422);
  }

  @Test
  void aPlainRequestToAConnectionsPathIsToldToUpgrade() throws Exception {
    assertThat(status("GET", "/parley/v1", "")).isEqualTo(426);
    assertThat(status("GET", "/no/such/page", "")).isEqualTo(404);
  }

  @Test
  void aDrainTellsClientsToComeBackElsewhere() {
    TestNode leaving = TestNode.start();
    TestClient client = leaving.client("ann");
    dev.parley.Await.result(leaving.node().stop());
    client.await("session.draining");
    assertThat(client.awaitClosed().code()).isEqualTo(1012);
  }

  private static int status(String method, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode();
    }
  }

  @Test
  void failingTokensCountHoweverTheyAreShownAndGoodOnesPass() {
    try (TestNode own = TestNode.start("limits.failed_authentications", "3")) {
      JsonObject auth = new JsonObject().put("type", "auth").put("token", "nonsense");
      for (int i = 0; i < 3; i++) {
        TestClient bad = own.connect("/parley/v1").send(auth);
        assertThat(bad.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(bad.awaitClosed().code()).isEqualTo(1008);
      }
      TestClient fourth = own.connect("/parley/v1").send(auth);
      assertThat(fourth.next().getString("code")).isEqualTo("RATE_LIMIT_EXCEEDED");
      assertThat(fourth.awaitClosed().code()).isEqualTo(1008);
      assertThatThrownBy(() -> own.connect("/parley/v1?token=nonsense"))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(429));
      assertThat(own.client("ann").isOpen()).isTrue();
    }
  }

  @Test
  void everyRefusalTellsBrowsersWhatNotToDo() throws Exception {
    HttpResponse<String> refused = request("GET", "/parley/v1", "");
    assertThat(refused.statusCode()).isEqualTo(426);
    assertThat(refused.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(refused.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(refused.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1]", "\"text\"", "{\"user_id\":7"})
  void aBodyThatIsNoJsonObjectIsTheClientsFault(String body) throws Exception {
    HttpResponse<String> refused = request("POST", "/dev/token", body);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("INVALID_JSON");
  }

  private static HttpResponse<String> request(String method, String path, String body)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, BodyHandlers.ofString());
    }
  }
}
