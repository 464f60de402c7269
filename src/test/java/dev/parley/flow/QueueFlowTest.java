package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.NotificationDraft;
import dev.parley.api.Parley;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What waits for users who are away, as clients meet it.
class QueueFlowTest {
  private static TestNode node;
  private static Parley parley;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            "queue.lease",
            "2s",
            "queue.confirm_interval",
            "100ms",
            "presence.offline_grace",
            "50ms");
    parley = Parley.on(node.node().vertx());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aDirectMessageWaitsForAUserWhoWasNeverSeen() {
    assertThat(send("newcomer", 1)).isEqualTo("queued");
    assertThat(send("newcomer", 2)).isEqualTo("queued");
    TestClient nexus = nexus("newcomer");
    assertThat(nexus.await("direct"))
        .isEqualTo(direct(1).put("event_type", "direct").put("queued", true));
    assertThat(nexus.await("direct").getInteger("n")).isEqualTo(2);
    assertThat(send("newcomer", 3)).isEqualTo("delivered");
    assertThat(nexus.await("direct")).isEqualTo(direct(3).put("event_type", "direct"));
    nexus.awaitAsked();
    leave(nexus);

    awaitNothingWaits("newcomer");
  }

  @Test
  void whatIsNotToWaitDoesNotWait() {
    JsonObject answer =
        Await.result(
                node.node()
                    .vertx()
                    .eventBus()
                    .<JsonObject>request(
                        "parley.users.send",
                        new JsonObject().put("user_id", "gone").put("message", direct(1))))
            .body();
    assertThat(answer).isEqualTo(new JsonObject().put("delivered", false).put("queued", false));
    awaitNothingWaits("gone");
  }

  @Test
  void theQueueComesRightAfterTheOpeningFramesAndOldestFirst() {
    TestClient ann = nexusIn("lounge", "ann");
    TestClient bob = nexusIn("lounge", "bob");
    leave(bob);
    post(ann, "lounge", "one");
    send("bob", 7);
    post(ann, "lounge", "two");

    TestClient again = node.connect("/ws/connect?token=" + node.token("bob"));
    assertThat(again.next().getString("type")).isEqualTo("connection");
    assertThat(again.next().getString("type")).isEqualTo("connection_established");
    assertThat(again.next().getString("content")).isEqualTo("one");
    assertThat(again.next()).isEqualTo(direct(7).put("queued", true));
    JsonObject last = again.next();
    assertThat(last.getString("content")).isEqualTo("two");
    assertThat(last.getBoolean("queued")).isTrue();
    assertThat(last.getString("type")).isEqualTo("chat_message");
  }

  @Test
  void theSenderHearsWhenTheQueueIsReceived() {
    TestClient ann = nexusIn("reports", "ann2");
    TestClient bob = nexusIn("reports", "bob2");
    leave(bob);
    ann.await("presence.offline");
    String id = post(ann, "reports", "are you there?").getString("message_id");
    assertThat(ann.await("chat.delivered").getJsonArray("delivered_to")).isEmpty();
    nexus("bob2").await("chat.message");
    JsonObject report = ann.await("chat.delivered");
    assertThat(report.getString("message_id")).isEqualTo(id);
    assertThat(report.getJsonArray("delivered_to")).containsExactly("bob2");
  }

  @Test
  void whatWasNotConfirmedComesAgainWithTheSameIds() {
    TestClient ann = nexusIn("again", "ann3");
    TestClient bob = nexusIn("again", "bob3");
    leave(bob);
    String id = post(ann, "again", "hello").getString("message_id");

    TestClient deaf = node.connect("/ws?user_id=bob3&token=" + node.token("bob3"));
    deaf.stall();
    deaf.abort();
    TestClient back = nexus("bob3");
    JsonObject message = back.await("chat.message");
    assertThat(message.getString("message_id")).isEqualTo(id);
    assertThat(message.getBoolean("queued")).isTrue();
  }

  @Test
  void ofTwoConnectionsOneIsFed() {
    IntStream.range(0, 20).forEach(n -> send("twice", n));
    TestClient one = node.connect("/ws?user_id=twice&token=" + node.token("twice"));
    TestClient other = node.connect("/ws?user_id=twice&token=" + node.token("twice"));
    List<Integer> got = new ArrayList<>();
    got.addAll(directs(one));
    got.addAll(directs(other));
    while (got.size() < 20) {
      got.addAll(directs(one));
      got.addAll(directs(other));
    }
    assertThat(got).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void theNewestHundredWait() {
    IntStream.range(0, 130).forEach(n -> send("full", n));
    TestClient client = nexus("full");
    List<Integer> got = new ArrayList<>();
    while (got.size() < 100) {
      got.add(client.await("direct").getInteger("n"));
    }
    assertThat(got).containsExactlyElementsOf(IntStream.range(30, 130).boxed().toList());
    assertThat(directs(client)).isEmpty();
  }

  @Test
  void liveMessagesComeBehindTheQueueInOrderAndOnce() {
    TestClient ann = nexusIn("busy", "ann5");
    TestClient bob = nexusIn("busy", "bob5");
    leave(bob);
    IntStream.range(0, 50).forEach(n -> post(ann, "busy", "m" + n));
    TestClient back = node.connect("/ws?user_id=bob5&token=" + node.token("bob5"));
    IntStream.range(50, 90).forEach(n -> post(ann, "busy", "m" + n));
    List<String> got = new ArrayList<>();
    while (got.size() < 90) {
      got.add(back.await("chat.message").getString("content"));
    }
    assertThat(got)
        .containsExactlyElementsOf(IntStream.range(0, 90).mapToObj(n -> "m" + n).toList());
  }

  @Test
  void whatCameLiveDoesNotWait() {
    TestClient ann = nexusIn("live", "ann6");
    TestClient bob = node.client("bob6");
    bob.ask(new JsonObject().put("type", "room.join").put("room", "live"));
    post(ann, "live", "seen natively");
    bob.await("chat.message");
    send("bob6", 5);
    bob.await("direct");
    bob.awaitAsked();
    leave(bob);
    awaitNothingWaits("bob6");
  }

  @Test
  void nothingOfARoomThatMayNotBeEnteredWaits() {
    TestClient ann = nexus("ann7", "admin");
    Await.result(parley.grant("order_77", "bob7"));
    TestClient bob = nexusIn("order_77", "bob7");
    join(ann, "order_77");
    leave(bob);
    post(ann, "order_77", "not for bob");
    Await.result(parley.revoke("order_77", "bob7"));
    awaitNothingWaits("bob7");
  }

  @Test
  void ownNotificationsWaitAndStayListed() {
    notifyUser("tim", "one");
    IntStream.range(0, 120).forEach(n -> send("tim", n));
    notifyUser("tim", "two");
    TestClient workspace = node.connect("/api/v1/ws?token=" + node.token("tim"));
    assertThat(workspace.await("direct").getInteger("n")).isEqualTo(21);
    JsonObject last = workspace.await(frame -> frame.encode().contains("two"), "a notification");
    assertThat(last.getBoolean("queued")).isTrue();
    workspace.awaitAsked();
    leave(workspace);

    awaitNothingWaits("tim");
    TestClient tim = node.client("tim");
    JsonObject list = tim.ask(new JsonObject().put("type", "notification.list"));
    assertThat(list.getInteger("unread_count")).isEqualTo(2);
    assertThat(list.getJsonArray("notifications").size()).isEqualTo(2);
  }

  @Test
  void workspaceLeavesChatToOthers() {
    TestClient ann = nexusIn("desk", "ann8");
    TestClient bob = nexusIn("desk", "bob8");
    leave(bob);
    post(ann, "desk", "still there");
    send("bob8", 1);
    TestClient workspace = node.connect("/api/v1/ws?token=" + node.token("bob8"));
    workspace.await("direct");
    workspace.awaitAsked();
    leave(workspace);
    JsonObject waited = nexus("bob8").await("chat.message");
    assertThat(waited.getString("content")).isEqualTo("still there");
    assertThat(waited.getBoolean("queued")).isTrue();
  }

  @Test
  void whatAFilterKeepsAwayIsNoGap() {
    TestClient una = node.client("una");
    una.ask(
        new JsonObject()
            .put("type", "notification.subscribe")
            .put("priorities", new JsonArray().add("urgent")));
    send("una", 1);
    notifyUser("una", "not asked for");
    send("una", 2);
    assertThat(una.await("direct").getInteger("n")).isEqualTo(1);
    List<JsonObject> rest = new ArrayList<>();
    while (rest.stream().noneMatch(QueueFlowTest::isDirect)) {
      rest.addAll(una.untilPong());
    }
    rest.addAll(una.untilPong());
    assertThat(rest).singleElement().matches(frame -> frame.getInteger("n") == 2);
  }

  private static void notifyUser(String user, String title) {
    String _ = Await.result(parley.sendNotification(NotificationDraft.toUser(user, title, "")));
  }

  @Test
  void whatWaitsSurvivesARestart() {
    try (TestNode own = TestNode.start()) {
      Parley face = Parley.on(own.node().vertx());
      Await.result(face.sendOrQueue("sue", direct(1)));
      own.restart();
      TestClient sue = own.connect("/ws?user_id=sue&token=" + own.token("sue"));
      assertThat(sue.await("direct").getInteger("n")).isEqualTo(1);
    }
  }

  private static String send(String user, int n) {
    JsonObject answer =
        Await.result(
                node.node()
                    .vertx()
                    .eventBus()
                    .<JsonObject>request(
                        "parley.users.send",
                        new JsonObject()
                            .put("user_id", user)
                            .put("message", direct(n))
                            .put("queue_offline", true)))
            .body();
    assertThat(answer.getBoolean("delivered")).isNotEqualTo(answer.getBoolean("queued"));
    return answer.getBoolean("queued") ? "queued" : "delivered";
  }

  static JsonObject direct(int n) {
    return new JsonObject().put("type", "direct").put("n", n);
  }

  static boolean isDirect(JsonObject frame) {
    return "direct".equals(frame.getString("type"));
  }

  private static List<Integer> directs(TestClient client) {
    return client.untilPong().stream()
        .filter(QueueFlowTest::isDirect)
        .map(frame -> frame.getInteger("n"))
        .toList();
  }

  private TestClient nexusIn(String room, String user) {
    TestClient client = nexus(user);
    join(client, room);
    return client;
  }

  private static TestClient nexus(String user, String... roles) {
    TestClient client = node.connect("/ws?user_id=" + user + "&token=" + node.token(user, roles));
    client.await("system.message");
    return client;
  }

  private static void join(TestClient client, String room) {
    client.send(new JsonObject().put("event_type", "room.join").put("room_id", room));
    client.await("room.state");
  }

  /// The client's own copy of the message.
  private static JsonObject post(TestClient client, String room, String content) {
    client.send(
        new JsonObject()
            .put("event_type", "chat.message")
            .put("conversation_id", room)
            .put("content", content));
    return client.await(
        frame ->
            "chat.message".equals(frame.getString("event_type"))
                && content.equals(frame.getString("content")),
        "the message " + content);
  }

  private static void leave(TestClient client) {
    client.close();
    client.awaitClosed();
  }

  /// What waits comes before what is sent later.
  private static void awaitNothingWaits(String user) {
    TestClient client = nexus(user);
    send(user, 999);
    JsonObject first =
        client.await(frame -> isDirect(frame) || isChat(frame), "a message of either kind");
    assertThat(first.getInteger("n")).isEqualTo(999);
  }

  private static boolean isChat(JsonObject frame) {
    return "chat.message".equals(frame.getString("event_type"));
  }
}
