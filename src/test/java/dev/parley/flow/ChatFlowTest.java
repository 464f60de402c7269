package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFlowTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void membersGetWhatIsSentOnBothTransports(String transport) {
    try (TestNode own = TestNode.start("ws.transport", transport)) {
      TestClient ann = join(own, "ann", "r");
      TestClient bob = join(own, "bob", "r");
      JsonObject stored = ann.ask(send("r", "hello"));
      JsonObject message = bob.await("chat.message");
      assertThat(message.getString("content")).isEqualTo("hello");
      assertThat(message.getLong("seq")).isEqualTo(stored.getLong("seq")).isEqualTo(1);
      assertThat(message.getString("user_id")).isEqualTo("ann");
    }
  }

  @Test
  void aRetryGetsTheFirstAnswerAndIsNotSentAgain() {
    TestClient ann = join(node, "ann", "retry");
    TestClient bob = join(node, "bob", "retry");
    JsonObject once = send("retry", "once").put("client_message_id", "m1");
    JsonObject first = ann.ask(once);
    JsonObject second = ann.ask(once);
    ann.ask(send("retry", "end"));
    assertThat(second.getLong("seq")).isEqualTo(first.getLong("seq"));
    assertThat(second.getString("message_id")).isEqualTo(first.getString("message_id"));
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("once");
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("end");
  }

  @Test
  void manyAtOnceArriveInOrderWithoutGaps() {
    TestClient ann = join(node, "ann", "many");
    TestClient bob = join(node, "bob", "many");
    for (int i = 0; i < 200; i++) {
      (i % 2 == 0 ? ann : bob).send(send("many", "m" + i));
    }
    TestClient carl = join(node, "carl", "many");
    assertThat(carl.ask(send("many", "end")).getString("type")).isEqualTo("ok");
    List<Long> seqs =
        LongStream.rangeClosed(1, 201)
            .map(_ -> ann.await("chat.message").getLong("seq"))
            .boxed()
            .toList();
    assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
  }

  @Test
  void historyHasWhatWasEditedReactedToAndDeleted() {
    TestClient ann = join(node, "ann", "history");
    TestClient bob = join(node, "bob", "history");
    String kept = ann.ask(send("history", "first")).getString("message_id");
    String gone = ann.ask(send("history", "second")).getString("message_id");
    ann.ask(
        new JsonObject()
            .put("type", "chat.edit")
            .put("room", "history")
            .put("message_id", kept)
            .put("content", "changed"));
    assertThat(bob.await("chat.edited").getString("content")).isEqualTo("changed");
    bob.send(
        new JsonObject()
            .put("type", "chat.react")
            .put("room", "history")
            .put("message_id", kept)
            .put("emoji", "+1"));
    assertThat(bob.await("chat.reaction").getString("emoji")).isEqualTo("+1");
    ann.ask(
        new JsonObject().put("type", "chat.delete").put("room", "history").put("message_id", gone));
    assertThat(bob.await("chat.deleted").getString("message_id")).isEqualTo(gone);

    JsonObject page =
        bob.ask(
            new JsonObject().put("type", "chat.history").put("room", "history").put("limit", 10));
    JsonArray messages = page.getJsonArray("messages");
    assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("changed");
    assertThat(page.encode()).doesNotContain("second");
  }

  @Test
  void onlyTheAuthorOrAnAdministratorChangesAMessage() {
    TestClient ann = join(node, "ann", "rights");
    TestClient bob = join(node, "bob", "rights");
    String id = ann.ask(send("rights", "mine")).getString("message_id");
    JsonObject edit =
        new JsonObject()
            .put("type", "chat.edit")
            .put("room", "rights")
            .put("message_id", id)
            .put("content", "x");
    assertThat(bob.ask(edit).getString("code")).isEqualTo("PERMISSION_DENIED");
    TestClient root = join(node, "root", "rights", "admin");
    assertThat(root.ask(edit).getString("type")).isEqualTo("ok");
  }

  @Test
  void aJoinMayBringAStatus() {
    TestClient ann = join(node, "ann", "status");
    TestClient bob = node.client("bob");
    JsonObject joinAs = new JsonObject().put("type", "room.join").put("room", "status");
    JsonObject away = new JsonObject().put("status", "away").put("status_message", "lunch");
    assertThat(bob.ask(joinAs.copy().put("presence", away)).getString("type")).isEqualTo("ok");
    JsonObject changed =
        ann.await(frame -> "away".equals(frame.getString("status")), "what bob says of himself");
    assertThat(changed.getString("user_id")).isEqualTo("bob");
    assertThat(changed.getString("status_message")).isEqualTo("lunch");

    JsonObject gone = new JsonObject().put("status", "offline");
    TestClient carl = node.client("carl");
    assertThat(carl.ask(joinAs.copy().put("presence", gone)).getString("code"))
        .isEqualTo("VALIDATION_FAILED");
  }

  @Test
  void typingIsToldToOthersAndEndsByItself() {
    try (TestNode quick = TestNode.start("chat.typing_timeout", "1s")) {
      TestClient ann = join(quick, "ann", "t");
      TestClient bob = join(quick, "bob", "t");
      ann.send(new JsonObject().put("type", "chat.typing").put("room", "t").put("typing", true));
      assertThat(bob.await("chat.typing").getBoolean("typing")).isTrue();
      assertThat(bob.await("chat.typing").getBoolean("typing")).isFalse();
      assertThat(ann.untilPong())
          .noneMatch(frame -> TestClient.typeOf(frame).equals("chat.typing"));
    }
  }

  @Test
  void clientsOfThreeDialectsTalkInOneRoom() {
    TestClient ann = join(node, "dora", "mixed");
    TestClient bob = node.connect("/ws/connect?token=" + node.token("emil"));
    TestClient carl = node.connect("/ws?user_id=fritz&token=" + node.token("fritz"));
    assertThat(TestClient.typeOf(bob.next())).isEqualTo("connection");
    assertThat(TestClient.typeOf(bob.next())).isEqualTo("connection_established");
    assertThat(TestClient.typeOf(carl.next())).isEqualTo("system.message");
    bob.send(new JsonObject().put("type", "ping"));
    assertThat(TestClient.typeOf(bob.next())).as("nothing comes unasked").isEqualTo("pong");
    bob.send(new JsonObject().put("type", "join_room").put("room", "mixed"));
    assertThat(bob.next().getString("event")).isEqualTo("user_joined");

    carl.send(
        new JsonObject()
            .put("event_type", "chat.message")
            .put("conversation_id", "mixed")
            .put("content", "from nexus"));
    assertThat(TestClient.typeOf(carl.next())).as("the echo comes first").isEqualTo("chat.message");
    assertThat(carl.await("chat.delivered").getJsonArray("delivered_to")).contains("dora", "emil");
    assertThat(ann.await("chat.message").getString("content")).isEqualTo("from nexus");
    JsonObject seen = bob.await("chat_message");
    assertThat(seen.getString("content")).isEqualTo("from nexus");
    assertThat(seen.getLong("id")).isEqualTo(1);
  }

  @Test
  void acknowledgedMessagesAreThereAfterAStopWithoutADrain() {
    Path directory = TestNode.newDirectory();
    TestNode first = TestNode.startIn(directory);
    TestClient ann = join(first, "ann", "kept");
    long seq = ann.ask(send("kept", "still here")).getLong("seq");
    first.stop();
    try (TestNode second = TestNode.startIn(directory)) {
      JsonObject page =
          join(second, "bob", "kept")
              .ask(
                  new JsonObject()
                      .put("type", "chat.history")
                      .put("room", "kept")
                      .put("limit", 10));
      assertThat(page.getJsonArray("messages").getJsonObject(0).getLong("seq")).isEqualTo(seq);
      assertThat(page.encode()).contains("still here");
    }
  }

  static TestClient join(TestNode node, String user, String room, String... roles) {
    TestClient client = node.client(user, roles);
    assertThat(
            client
                .ask(new JsonObject().put("type", "room.join").put("room", room))
                .getString("type"))
        .isEqualTo("ok");
    return client;
  }

  static JsonObject send(String room, String content) {
    return new JsonObject().put("type", "chat.send").put("room", room).put("content", content);
  }
}
