package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.TestTokens;
import dev.parley.api.Parley;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Rights that are taken back: users blocked, tokens revoked. Several nodes are in
/// [RevocationAcrossNodesFlowTest].
class RevocationFlowTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestNode node;
  private static Parley parley;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    parley = Parley.on(node.node().vertx());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aBlockedUsersConnectionsEndAndNoTokenIsAccepted() {
    TestClient nativeClient = node.client("mallory");
    TestClient nexus = node.connect("/ws?user_id=mallory&token=" + node.token("mallory"));
    TestClient bystander = node.client("ann");

    assertThat(rest("PUT", "/api/v1/users/mallory/block", admin(), "").statusCode()).isEqualTo(200);

    assertThat(nativeClient.awaitClosed().code()).isEqualTo(4403);
    assertThat(nexus.awaitClosed().code()).isEqualTo(4403);
    assertRefused(node.token("mallory"), "The user is blocked");
    assertThat(bystander.untilPong()).isEmpty();

    assertThat(rest("DELETE", "/api/v1/users/mallory/block", admin(), "").statusCode())
        .isEqualTo(200);
    node.client("mallory");
  }

  @Test
  void aBlockedGuestIsNotAdmitted() {
    TestClient guest = node.connect("/ws?user_id=shady");
    guest.await("system.message");
    Await.result(parley.blockUser("shady"));
    assertThat(guest.awaitClosed().code()).isEqualTo(4403);
    assertThat(node.connect("/ws?user_id=shady").await("error").getString("code"))
        .isEqualTo("AUTHENTICATION_FAILED");
    Await.result(parley.unblockUser("shady"));
    node.connect("/ws?user_id=shady").await("system.message");
  }

  @Test
  void oneTokenIsRevokedByItsId() {
    String lost = token("eve", "t-1", Instant.now());
    String good = token("eve", "t-2", Instant.now());
    TestClient first = open(lost);
    TestClient second = open(good);

    Await.result(parley.revokeToken("t-1", Instant.now().plusSeconds(3600)));

    assertEnded(first);
    assertThat(second.untilPong()).isEmpty();
    assertRefused(lost, "The token was revoked");
    JsonObject refresh = second.ask(new JsonObject().put("type", "auth").put("token", lost));
    assertThat(refresh.getString("code")).isEqualTo("AUTHENTICATION_FAILED");
    open(good);
  }

  @Test
  void allTokensOfAUserAreRevokedAndNewerOnesAreGood() {
    Instant now = Instant.now();
    TestClient client = open(token("fay", "t-3", now.minusSeconds(60)));
    TestClient undated =
        open(TestTokens.saying(new JsonObject().put("sub", "fay").put("jti", "t-4")));
    JsonObject body = new JsonObject().put("user_id", "fay");

    assertThat(rest("POST", "/api/v1/revocations", admin(), body.encode()).statusCode())
        .isEqualTo(200);

    assertEnded(client);
    assertEnded(undated);
    assertRefused(token("fay", "t-5", now.minusSeconds(1)), "The token was revoked");
    open(token("fay", "t-6", now.plusSeconds(5)));
  }

  @Test
  void allTokensOfATimeAreRevoked() {
    try (TestNode own = TestNode.start()) {
      Instant now = Instant.now();
      TestClient old = open(own, token("gus", "t-7", now.minusSeconds(600)));
      TestClient young = open(own, token("gus", "t-8", now.minusSeconds(60)));
      Parley face = Parley.on(own.node().vertx());
      Await.result(face.revokeTokensIssuedBefore(now.minusSeconds(300)));
      assertEnded(old);
      assertThat(young.untilPong()).isEmpty();
      // A time never goes back.
      Await.result(face.revokeTokensIssuedBefore(now.minusSeconds(900)));
      own.restart();
      TestClient again =
          own.connect("/parley/v1?token=" + token("gus", "t-7", now.minusSeconds(600)));
      assertEnded(again);
    }
  }

  @Test
  void whatWasTakenBackStaysSoAfterARestart() {
    try (TestNode own = TestNode.start()) {
      Parley face = Parley.on(own.node().vertx());
      Await.result(face.blockUser("ida"));
      Await.result(face.blockUser("jon"));
      Await.result(face.unblockUser("jon"));
      Await.result(face.revokeToken("t-9", Instant.now().plusSeconds(60)));
      own.restart();
      assertEnded(own.connect("/parley/v1?token=" + own.token("ida")));
      assertEnded(own.connect("/parley/v1?token=" + token("kim", "t-9", Instant.now())));
      own.client("jon");
    }
  }

  @Test
  void onlyAdministratorsTakeRightsBack() {
    String user = node.token("ann");
    assertThat(rest("PUT", "/api/v1/users/bob/block", user, "").statusCode()).isEqualTo(403);
    assertThat(rest("POST", "/api/v1/revocations", user, "{\"jti\":\"x\"}").statusCode())
        .isEqualTo(403);
    assertThat(rest("PUT", "/api/v1/users/bob/block", "nonsense", "").statusCode()).isEqualTo(401);
  }

  @Test
  void badInputIsNamed() {
    for (String body :
        new String[] {
          "{}",
          "{\"jti\":7}",
          "{\"jti\":\"\"}",
          "{\"jti\":\"x\",\"user_id\":\"ann\"}",
          "{\"jti\":\"x\",\"expires_at\":\"soon\"}",
          "{\"user_id\":\"no user\"}",
          "{\"user_id\":\"ann\",\"issued_before\":\"2999-01-01T00:00:00Z\"}",
          "{\"issued_before\":5}"
        }) {
      HttpResponse<String> answer = rest("POST", "/api/v1/revocations", admin(), body);
      assertThat(answer.statusCode()).as(body).isEqualTo(422);
      assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("VALIDATION_FAILED");
    }
    assertThat(rest("POST", "/api/v1/revocations", admin(), "[]").statusCode()).isEqualTo(400);
    assertThat(rest("POST", "/api/v1/revocations", admin(), "").statusCode()).isEqualTo(400);
    assertThat(rest("PUT", "/api/v1/users/no%20user/block", admin(), "").statusCode())
        .isEqualTo(422);
    assertThat(Await.failure(parley.blockUser("no user")).getMessage())
        .contains("VALIDATION_FAILED");
  }

  static String token(String user, String id, Instant issuedAt) {
    return TestTokens.saying(
        new JsonObject()
            .put("sub", user)
            .put("jti", id)
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", Instant.now().plusSeconds(3600).getEpochSecond()));
  }

  private static TestClient open(String token) {
    return open(node, token);
  }

  static TestClient open(TestNode at, String token) {
    TestClient client = at.connect("/parley/v1?token=" + token);
    client.await("welcome");
    client.untilPong();
    return client;
  }

  /// It is told why, then closed.
  static void assertEnded(TestClient client) {
    assertThat(client.await("error").getString("code")).isEqualTo("AUTHENTICATION_FAILED");
    assertThat(client.awaitClosed()).isEqualTo(new TestClient.Closed(1008, "Unauthorized"));
  }

  private static void assertRefused(String token, String reason) {
    TestClient client = node.connect("/parley/v1?token=" + token);
    JsonObject error = client.await("error");
    assertThat(error.getString("code")).isEqualTo("AUTHENTICATION_FAILED");
    assertThat(error.getString("error")).isEqualTo(reason);
    assertThat(client.awaitClosed()).isEqualTo(new TestClient.Closed(1008, "Unauthorized"));
    HttpResponse<String> answer = rest("PUT", "/api/v1/users/nobody/block", token, "");
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  private static String admin() {
    return node.token("root", Duration.ofHours(1), "admin");
  }

  private static HttpResponse<String> rest(String method, String path, String token, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
