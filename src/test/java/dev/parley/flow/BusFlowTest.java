package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.BroadcastFilter;
import dev.parley.api.ChatDraft;
import dev.parley.api.KeptMessage;
import dev.parley.api.Parley;
import dev.parley.api.PostedMessage;
import dev.parley.api.UserPresence;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The public addresses by the typed face; refusals are in [BusRefusalFlowTest].
class BusFlowTest {
  private static final JsonObject PRICE =
      new JsonObject().put("type", "price").put("data", new JsonObject().put("eur", 12.5));

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
  void aRoomsConnectionsGetAMessageAsItWasGivenInEveryDialect() {
    TestClient ann = ChatFlowTest.join(node, "ann", "mixed");
    TestClient bob = node.connect("/ws/connect?token=" + node.token("bob"));
    bob.send(new JsonObject().put("type", "join_room").put("room", "mixed")).await("room_event");
    TestClient carl = node.connect("/ws?user_id=carl&token=" + node.token("carl"));
    carl.send(new JsonObject().put("event_type", "room.join").put("room_id", "mixed"))
        .await("room.state");
    TestClient dora = ChatFlowTest.join(node, "dora", "elsewhere");

    assertThat(Await.result(parley.sendToRoom("mixed", PRICE))).isEqualTo(3);
    assertThat(ann.await("price")).isEqualTo(PRICE);
    assertThat(bob.await("price")).isEqualTo(PRICE);
    assertThat(carl.await("price")).isEqualTo(PRICE.copy().put("event_type", "price"));
    assertThat(dora.untilPong()).noneMatch(BusFlowTest::isPrice);
  }

  @Test
  void exceptedConnectionsGetNothing() {
    TestClient ann = node.connect("/parley/v1?token=" + node.token("ann"));
    String id = ann.await("welcome").getString("connection_id");
    ann.ask(new JsonObject().put("type", "room.join").put("room", "except"));
    TestClient bob = ChatFlowTest.join(node, "bob", "except");

    assertThat(Await.result(parley.sendToRoom("except", PRICE, List.of(id)))).isEqualTo(1);
    assertThat(bob.await("price")).isEqualTo(PRICE);
    assertThat(ann.untilPong()).noneMatch(BusFlowTest::isPrice);
  }

  @Test
  void whatIsKeptInARoomComesAgainToWhoResumes() {
    TestClient ann = ChatFlowTest.join(node, "ann", "kept");
    TestClient bob = node.connect("/ws/connect?token=" + node.token("bob"));
    bob.send(new JsonObject().put("type", "join_room").put("room", "kept")).await("room_event");
    ann.ask(ChatFlowTest.send("kept", "first"));

    KeptMessage kept = Await.result(parley.keepInRoom("kept", PRICE));
    assertThat(kept).isEqualTo(new KeptMessage(2, 2));
    JsonObject live = ann.await("price");
    assertThat(live.getString("room")).isEqualTo("kept");
    assertThat(live.getLong("seq")).isEqualTo(2);
    assertThat(live.getString("epoch")).isNotEmpty();
    assertThat(live.getJsonObject("data")).isEqualTo(PRICE.getJsonObject("data"));
    assertThat(bob.await("price")).isEqualTo(PRICE);

    TestClient carl = node.client("carl");
    JsonObject fromTheStart = new JsonObject().put("type", "room.join").put("room", "kept");
    assertThat(carl.ask(fromTheStart.put("since", 0)).getBoolean("recovered")).isTrue();
    assertThat(carl.await("price")).isEqualTo(live);
  }

  @Test
  void aUserGetsAMessageOnAllConnections() {
    TestClient first = settled(node.client("twice"));
    TestClient second = settled(node.client("twice"));

    assertThat(Await.result(parley.sendToUser("twice", PRICE))).isTrue();
    assertThat(first.await("price")).isEqualTo(PRICE);
    assertThat(second.await("price")).isEqualTo(PRICE);
    assertThat(Await.result(parley.sendToUser("nobody", PRICE))).isFalse();
  }

  @Test
  void whatMayWaitIsQueuedForWhoIsAway() {
    JsonObject body =
        new JsonObject().put("user_id", "away").put("message", PRICE).put("queue_offline", true);
    assertThat(ask("parley.users.send", body))
        .isEqualTo(new JsonObject().put("delivered", false).put("queued", true));
    body.put("queue_offline", false);
    assertThat(ask("parley.users.send", body))
        .isEqualTo(new JsonObject().put("delivered", false).put("queued", false));
  }

  @Test
  void oneConnectionGetsAMessageAlone() {
    TestClient ann = node.connect("/parley/v1?token=" + node.token("alone"));
    String id = ann.await("welcome").getString("connection_id");
    TestClient other = settled(node.client("alone"));
    settled(ann);

    assertThat(Await.result(parley.sendToConnection(id, PRICE))).isTrue();
    assertThat(ann.await("price")).isEqualTo(PRICE);
    assertThat(other.untilPong()).noneMatch(BusFlowTest::isPrice);
    assertThat(Await.result(parley.sendToConnection("none", PRICE))).isFalse();
  }

  @Test
  void aBroadcastReachesWhoMeetsAllConditions() {
    try (TestNode own = TestNode.start()) {
      Parley there = Parley.on(own.node().vertx());
      TestClient ann = ChatFlowTest.join(own, "ann", "a", "editor");
      TestClient bob = ChatFlowTest.join(own, "bob", "b", "editor");
      TestClient carl = own.connect("/ws/connect?token=" + own.token("carl"));
      carl.send(new JsonObject().put("type", "join_room").put("room", "a")).await("room_event");
      BroadcastFilter all = BroadcastFilter.EVERYBODY;

      Map.of(
              all,
              3,
              all.withRoles("editor", "reader"),
              2,
              all.withRoles("reader"),
              0,
              all.withUsers("ann", "carl", "nobody"),
              2,
              all.inRooms("a"),
              2,
              all.inRooms("a", "b"),
              3,
              all.speaking("connect"),
              1,
              all.without("ann"),
              2,
              all.withRoles("editor").inRooms("a"),
              1,
              all.inRooms("a").speaking("native").without("ann"),
              0)
          .forEach(
              (filter, expected) ->
                  assertThat(Await.result(there.broadcast(PRICE, filter)))
                      .as(filter.toString())
                      .isEqualTo(expected));

      JsonObject last = new JsonObject().put("type", "last");
      assertThat(Await.result(there.broadcast(last, all.withUsers("ann").withRoles("editor"))))
          .isEqualTo(1);
      ann.await("last");
      assertThat(bob.untilPong()).noneMatch(frame -> TestClient.typeOf(frame).equals("last"));
    }
  }

  @Test
  void administratorsGetWhatIsForThem() {
    TestClient root = node.connect("/ws/connect?token=" + node.token("root", "admin"));
    root.await("connection_established");
    settled(root);
    TestClient ann = settled(node.client("ann"));

    assertThat(Await.result(parley.broadcastToAdmins("Disk is full"))).isEqualTo(1);
    JsonObject told = root.await("admin_broadcast");
    assertThat(told.getString("message")).isEqualTo("Disk is full");
    assertThat(told.getString("from")).isEqualTo("parley");
    assertThat(Await.result(parley.broadcastToAdmins(PRICE))).isEqualTo(1);
    assertThat(root.await("admin_broadcast").getJsonObject("message")).isEqualTo(PRICE);
    assertThat(ann.untilPong()).noneMatch(frame -> frame.encode().contains("Disk is full"));
    root.close();
  }

  @Test
  void aGrantOpensARoomAndARevocationClosesItAtOnce() {
    TestClient ann = node.client("ann");
    JsonObject join = new JsonObject().put("type", "room.join").put("room", "order_7");
    assertThat(ann.ask(join).getString("code")).isEqualTo("PERMISSION_DENIED");

    Await.result(parley.grant("order_7", "ann"));
    assertThat(ann.ask(join).getString("type")).isEqualTo("ok");
    Await.result(parley.revoke("order_7", "ann"));
    assertThat(ann.await("error").getString("code")).isEqualTo("PERMISSION_DENIED");
    assertThat(Await.result(parley.sendToRoom("order_7", PRICE))).isZero();
    assertThat(ann.ask(join).getString("code")).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void aSystemMessageIsStoredLikeAnyOther() {
    TestClient ann = ChatFlowTest.join(node, "ann", "system");
    PostedMessage posted =
        Await.result(
            parley.sendChat(ChatDraft.system("system", "bot", "Ann came in").by("The bot")));

    JsonObject seen = ann.await("chat.message");
    assertThat(seen.getString("content_type")).isEqualTo("system");
    assertThat(seen.getString("username")).isEqualTo("The bot");
    assertThat(seen.getString("message_id")).isEqualTo(posted.messageId());
    assertThat(seen.getLong("seq")).isEqualTo(posted.seq()).isEqualTo(1);
    assertThat(seen.getInstant("timestamp")).isEqualTo(posted.at());
    JsonObject forged =
        ann.ask(ChatFlowTest.send("system", "I am the system").put("content_type", "system"));
    assertThat(forged.getString("code")).isEqualTo("VALIDATION_FAILED");
  }

  @Test
  void aRepeatedChatMessageIsAnsweredWithTheFirst() {
    ChatDraft draft = ChatDraft.text("again", "bot", "once").withClientMessageId("m1");
    PostedMessage first = Await.result(parley.sendChat(draft));
    PostedMessage second = Await.result(parley.sendChat(draft));
    assertThat(second).isEqualTo(first);
    assertThat(Await.result(parley.sendChat("again", "bot", "next")).seq()).isEqualTo(2);
  }

  @Test
  void presenceAndFiguresTellWhoIsThere() {
    try (TestNode own = TestNode.start()) {
      Parley there = Parley.on(own.node().vertx());
      TestClient ann = ChatFlowTest.join(own, "ann", "a");
      ChatFlowTest.join(own, "bob", "b");
      ann.ask(new JsonObject().put("type", "presence.set").put("status", "busy"));

      List<UserPresence> users = Await.result(there.presence(List.of("ann", "nobody")));
      assertThat(users).extracting(UserPresence::userId).containsExactly("ann", "nobody");
      assertThat(users).extracting(UserPresence::status).containsExactly("busy", "offline");
      assertThat(users).extracting(UserPresence::connections).containsExactly(1, 0);
      assertThat(users.getLast().lastSeen()).isEmpty();
      JsonObject told = ask(own.node().vertx(), "parley.stats.get", new JsonObject());
      assertThat(told.getInteger("connections")).isEqualTo(2);
      assertThat(told.getInteger("users")).isEqualTo(2);
      assertThat(told.getInteger("rooms")).isEqualTo(2);
      assertThat(told.getJsonObject("connections_by_dialect").getLong("native")).isEqualTo(2);
      assertThat(told.getJsonObject("connections_per_user"))
          .isEqualTo(new JsonObject("{\"max\":1,\"mean\":1.0}"));
      assertThat(told.getJsonObject("rooms_by_type")).isEqualTo(new JsonObject("{\"other\":2}"));
      assertThat(told.getJsonObject("latencies").fieldNames()).contains("join_room");
      assertThat(told.getLong("messages_received")).isGreaterThanOrEqualTo(4);
      assertThat(told.getDouble("messages_per_second")).isPositive();
      assertThat(told.getJsonArray("nodes")).hasSize(1);
      assertThat(Await.result(there.stats()).rooms()).isEqualTo(2);
      assertThat(Await.result(there.stats()).all()).isEqualTo(told);
    }
  }

  @Test
  void aRawRequestIsAnsweredInNativeJson() {
    TestClient ann = settled(node.client("raw"));
    ann.ask(new JsonObject().put("type", "room.join").put("room", "raw"));
    assertThat(
            ask(
                "parley.rooms.send",
                new JsonObject().put("room", "raw").put("message", PRICE).put("durable", true)))
        .isEqualTo(new JsonObject().put("recipients", 1).put("seq", 1));
    JsonObject stored =
        ask(
            "parley.chat.send",
            new JsonObject().put("room", "raw").put("sender_id", 7).put("content", "hi"));
    assertThat(stored.fieldNames())
        .containsExactlyInAnyOrder(
            "seq",
            "epoch",
            "room",
            "message_id",
            "user_id",
            "username",
            "content",
            "content_type",
            "timestamp");
    assertThat(stored.getString("user_id")).isEqualTo("7");
    JsonObject page = ann.ask(new JsonObject().put("type", "chat.history").put("room", "raw"));
    assertThat(page.getJsonArray("messages")).isEqualTo(new JsonArray().add(stored));
  }

  private static JsonObject ask(String address, JsonObject body) {
    return ask(node.node().vertx(), address, body);
  }

  private static JsonObject ask(Vertx vertx, String address, JsonObject body) {
    return Await.result(vertx.eventBus().<JsonObject>request(address, body)).body();
  }

  /// Whoever is answered after the opening is counted.
  private static TestClient settled(TestClient client) {
    assertThat(client.untilPong()).isNotNull();
    return client;
  }

  private static boolean isPrice(JsonObject frame) {
    return "price".equals(TestClient.typeOf(frame));
  }
}
