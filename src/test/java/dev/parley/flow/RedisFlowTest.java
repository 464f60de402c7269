package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Await;
import dev.parley.Node;
import dev.parley.StartRefusedException;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.config.Config;
import dev.parley.kit.NeedsRedis;
import dev.parley.kit.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A whole node whose store is on Redis.
@ExtendWith(NeedsRedis.class)
class RedisFlowTest {
  private RedisServer redis;
  private TestNode node;

  @BeforeEach
  void start() {
    redis = RedisServer.start();
    node =
        TestNode.start(
            "store.redis.url", redis.url(),
            "store.redis.timeout", "500ms",
            "store.retry", "1s",
            "feed.poll_interval", "50ms");
  }

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Test
  void membersChatAndResumeAfterTheNodeStartedAgain() {
    TestClient ann = join("ann");
    TestClient bob = join("bob");
    JsonObject first = ann.ask(send("1"));
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("1");
    for (int i = 2; i <= 50; i++) {
      ann.send(send(Integer.toString(i)));
    }
    assertThat(ann.ask(send("51")).getLong("seq")).isEqualTo(51);
    node.restart();
    TestClient again = node.client("bob");
    JsonObject ok = again.ask(joinAt(first));
    assertThat(ok.getBoolean("recovered")).isTrue();
    for (int i = 2; i <= 51; i++) {
      JsonObject message = again.await("chat.message");
      assertThat(message.getLong("seq")).isEqualTo(i);
      assertThat(message.getString("content")).isEqualTo(Integer.toString(i));
    }
    JsonObject later = join("ann").ask(send("52"));
    assertThat(later.getLong("seq")).isEqualTo(52);
    assertThat(again.await("chat.message").getLong("seq")).isEqualTo(52);
  }

  /// Without a bus between them: by the change feed alone.
  @Test
  void whatOneNodeStoresReachesMembersOnAnother() {
    try (TestNode other =
        TestNode.start("store.redis.url", redis.url(), "feed.poll_interval", "50ms")) {
      TestClient ann = join("ann");
      TestClient bob = other.client("bob");
      bob.ask(new JsonObject().put("type", "room.join").put("room", "lobby"));
      for (int i = 1; i <= 100; i++) {
        ann.send(send("a" + i));
        bob.send(send("b" + i));
      }
      for (long seq = 1; seq <= 200; seq++) {
        assertThat(ann.await("chat.message").getLong("seq")).isEqualTo(seq);
        assertThat(bob.await("chat.message").getLong("seq")).isEqualTo(seq);
      }
    }
  }

  @Test
  void withoutRedisTheNodeIsDegradedAndHealsByItself() {
    TestClient ann = join("ann");
    assertThat(ready()).contains("\"store\":\"healthy\"");
    redis.kill();
    Await.until(() -> ready().contains("degraded"), "it is said");
    assertThat(ann.ask(send("lost")).getString("code")).isEqualTo("UNAVAILABLE");
    redis.restart();
    Await.until(() -> !ready().contains("degraded"), "it is healed");
    assertThat(ann.ask(send("kept")).getString("type")).isEqualTo("ok");
  }

  @Test
  void membersAreToldOfHistoryThatRedisLost() {
    TestClient ann = join("ann");
    TestClient bob = join("bob");
    JsonObject seen = ann.ask(send("1"));
    bob.await("chat.message");
    redis.kill();
    redis.restartEmpty();
    assertThat(bob.await("room.reset").getLong("seq")).isZero();
    ann.await("room.reset");
    Await.until(() -> !ready().contains("degraded"), "it is healed");
    JsonObject instead = ann.ask(send("instead"));
    assertThat(instead.getLong("seq")).isEqualTo(1);
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("instead");
    TestClient carl = node.client("carl");
    assertThat(carl.ask(joinAt(seen)).getBoolean("recovered")).isFalse();
  }

  @Test
  void aNodeWithoutItsRedisDoesNotStart() {
    int port = RedisServer.freePort();
    var config =
        Config.of(
            "http.port", "0",
            "store.redis.host", "127.0.0.1",
            "store.redis.port", Integer.toString(port));
    assertThatThrownBy(() -> Await.result(Node.start(config)))
        .cause()
        .isInstanceOf(StartRefusedException.class)
        .hasMessageStartingWith("Redis at 127.0.0.1:" + port + " cannot be used: ")
        .hasMessageContaining("refused");
  }

  private TestClient join(String user) {
    TestClient client = node.client(user);
    client.ask(new JsonObject().put("type", "room.join").put("room", "lobby"));
    return client;
  }

  private static JsonObject send(String text) {
    return new JsonObject().put("type", "chat.send").put("room", "lobby").put("content", text);
  }

  private static JsonObject joinAt(JsonObject position) {
    return new JsonObject()
        .put("type", "room.join")
        .put("room", "lobby")
        .put("epoch", position.getString("epoch"))
        .put("since", position.getLong("seq"));
  }

  private String ready() {
    var uri = URI.create("http://127.0.0.1:" + node.port() + "/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
