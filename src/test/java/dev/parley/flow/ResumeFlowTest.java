package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResumeFlowTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void joinReplaysEventsAfterPositionThenGoesLive() {
    TestClient ann = join(node, "ann", "since");
    JsonObject seen = ann.ask(send("since", "1"));
    for (int i = 2; i <= 300; i++) {
      ann.send(send("since", Integer.toString(i)));
    }
    ann.ask(send("since", "301"));
    TestClient bob = node.client("bob");
    JsonObject ok = bob.ask(joinAt("since", seen));
    assertThat(ok.getBoolean("recovered")).isTrue();
    ann.send(send("since", "302"));
    for (int i = 2; i <= 302; i++) {
      JsonObject message = bob.await("chat.message");
      assertThat(message.getLong("seq")).isEqualTo(i);
      assertThat(message.getString("content")).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void whatADeletedMessageSaidIsToldToNobodyWhoComesLater() {
    TestClient ann = join(node, "ann", "deleted");
    List<TestClient> onAllLoops = IntStream.range(0, 4).mapToObj(_ -> ann("deleted")).toList();
    JsonObject first = ann.ask(send("deleted", "first"));
    String id = ann.ask(send("deleted", "secret")).getString("message_id");
    JsonObject message = new JsonObject().put("room", "deleted").put("message_id", id);
    ann.ask(message.copy().put("type", "chat.edit").put("content", "still secret"));
    ann.ask(message.copy().put("type", "chat.delete"));
    onAllLoops.forEach(each -> each.await("chat.deleted"));

    for (int i = 0; i < 4; i++) {
      TestClient bob = node.client("bob");
      assertThat(bob.ask(joinAt("deleted", first)).getBoolean("recovered")).isTrue();
      JsonObject placeholder = bob.await("chat.message");
      assertThat(placeholder.encode()).doesNotContain("secret");
      assertThat(placeholder.getLong("seq")).isEqualTo(2);
      assertThat(bob.await("chat.edited").encode()).doesNotContain("secret");
      assertThat(bob.await("chat.deleted").getLong("seq")).isEqualTo(4);
      bob.close();
    }
  }

  private static TestClient ann(String room) {
    return join(node, "ann", room);
  }

  @Test
  void aPositionOfAnotherHistoryIsNotRecovered() {
    TestClient ann = join(node, "ann", "lost");
    JsonObject seen = ann.ask(send("lost", "1"));
    TestClient bob = node.client("bob");
    JsonObject ok = bob.ask(joinAt("lost", seen.copy().put("epoch", "another")));
    assertThat(ok.getBoolean("recovered")).isFalse();
    assertThat(ok.getLong("seq")).isEqualTo(1);
    ann.send(send("lost", "2"));
    assertThat(bob.await("chat.message").getLong("seq")).isEqualTo(2);
  }

  @Test
  void sessionResumeTakesUpAllRoomsAtOnceAndClosesTheEarlierConnection() {
    TestClient ann = join(node, "ann", "a");
    join(node, "ann", "b");
    JsonObject inA = ann.ask(send("a", "1"));
    JsonObject inB = ann.ask(send("b", "1"));
    TestClient old = node.connect("/parley/v1?token=" + node.token("bob"));
    String oldId = old.await("welcome").getString("connection_id");
    ann.ask(send("a", "2"));
    ann.ask(send("b", "2"));

    TestClient bob = node.client("bob");
    JsonObject ok =
        bob.ask(
            new JsonObject()
                .put("type", "session.resume")
                .put("connection", oldId)
                .put("rooms", new JsonObject().put("a", position(inA)).put("b", position(inB))));
    assertThat(ok.getJsonObject("rooms").getJsonObject("a").getBoolean("recovered")).isTrue();
    assertThat(ok.getJsonObject("rooms").getJsonObject("b").getBoolean("recovered")).isTrue();
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("2");
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("2");
    assertThat(old.awaitClosed().code()).isEqualTo(1000);
  }

  @Test
  void nobodyClosesAnotherUsersConnectionByResuming() {
    TestClient victim = node.connect("/parley/v1?token=" + node.token("victim"));
    String id = victim.await("welcome").getString("connection_id");
    TestClient mallory = node.client("mallory");
    mallory.ask(
        new JsonObject()
            .put("type", "session.resume")
            .put("connection", id)
            .put("rooms", new JsonObject()));
    assertThat(victim.ask(new JsonObject().put("type", "ping")).getString("type"))
        .isEqualTo("pong");
  }

  @Test
  void aPositionOutlivesARestart() {
    Path directory = TestNode.newDirectory();
    TestNode first = TestNode.startIn(directory);
    TestClient ann = join(first, "ann", "r");
    JsonObject seen = ann.ask(send("r", "1"));
    ann.ask(send("r", "2"));
    first.stop();
    try (TestNode second = TestNode.startIn(directory)) {
      TestClient again = second.client("ann");
      JsonObject ok = again.ask(joinAt("r", seen));
      assertThat(ok.getBoolean("recovered")).isTrue();
      assertThat(again.await("chat.message").getString("content")).isEqualTo("2");
      again.send(send("r", "3"));
      JsonObject third = again.await("chat.message");
      assertThat(third.getLong("seq")).isEqualTo(3);
      assertThat(third.getString("epoch")).as("another life").isNotEqualTo(seen.getString("epoch"));
    }
  }

  private static JsonObject joinAt(String room, JsonObject seen) {
    return new JsonObject()
        .put("type", "room.join")
        .put("room", room)
        .put("since", seen.getLong("seq"))
        .put("epoch", seen.getString("epoch"));
  }

  private static JsonObject position(JsonObject seen) {
    return new JsonObject().put("seq", seen.getLong("seq")).put("epoch", seen.getString("epoch"));
  }
}
