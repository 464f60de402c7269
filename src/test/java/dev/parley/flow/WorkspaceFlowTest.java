package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkspaceFlowTest {
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start("chat.typing_timeout", "1s", "limits.rooms_per_connection", "20");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void nothingIsSentBeforeTheClientSpeaks() {
    for (String[] roles : new String[][] {{}, {"admin"}}) {
      TestClient ann = connect(node, "ann", roles);
      ann.send(new JsonObject().put("type", "ping").put("request_id", "q1"));
      JsonObject pong = ann.next();
      assertThat(pong.fieldNames())
          .containsExactly("type", "connection_id", "timestamp", "request_id");
      assertThat(pong.getString("connection_id")).matches("ws_ann_[0-9]{10}_[0-9]+");
    }
  }

  @Test
  void applicationsReachAConnectionByTheIdInItsPong() {
    TestClient bea = connect(node, "bea");
    assertThat(bea.untilPong()).isEmpty();
    JsonObject price = new JsonObject().put("type", "price").put("eur", 1);
    Parley parley = Parley.on(node.node().vertx());
    assertThat(Await.result(parley.sendToConnection(bea.connectionId(), price))).isTrue();
    assertThat(bea.next()).isEqualTo(price);
    assertThat(Await.result(parley.sendToConnection(bea.connectionId() + "0", price))).isFalse();
  }

  @Test
  void aTokenInTheFirstMessageNamesTheConnection() {
    TestClient carl = node.connect("/api/v1/ws");
    carl.send(new JsonObject().put("type", "auth").put("token", node.token("carl")));
    assertThat(carl.next().getString("type")).isEqualTo("auth_ok");
    assertThat(carl.untilPong()).isEmpty();
    assertThat(carl.connectionId()).startsWith("ws_carl_");
    JsonObject hello = new JsonObject().put("type", "hello");
    Parley parley = Parley.on(node.node().vertx());
    assertThat(Await.result(parley.sendToConnection(carl.connectionId(), hello))).isTrue();
    assertThat(carl.next()).isEqualTo(hello);
  }

  @Test
  void theRoomIsShownToEveryMemberAfterEachChange() {
    TestClient ann = connect(node, "ann");
    JsonObject alone = ann.send(join("workspace_1").put("request_id", "q1")).next();
    assertThat(alone.getString("type")).isEqualTo("room_state");
    assertThat(alone.getString("room_id")).isEqualTo("workspace_1");
    assertThat(alone.getInteger("total_users")).isEqualTo(1);
    assertThat(alone.getJsonArray("active_sheets")).isEmpty();
    assertThat(alone.getString("request_id")).isEqualTo("q1");
    JsonObject user = alone.getJsonArray("users").getJsonObject(0);
    assertThat(user.fieldNames())
        .containsExactly("user_id", "username", "email", "room", "status", "cursor", "last_seen");
    assertThat(user.getString("status")).isEqualTo("online");
    assertThat(user.getString("last_seen")).isNotNull();

    TestClient bob = connect(node, "bob");
    assertThat(users(bob.send(join("workspace_1")).next())).containsExactly("ann", "bob");
    assertThat(bob.untilPong()).as("once").isEmpty();
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "bob");
    assertThat(ann.untilPong()).as("once").noneMatch(WorkspaceFlowTest::isState);

    TestClient carl = connect(node, "carl");
    carl.send(join("workspace_1")).await("room_state");
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "bob", "carl");
    assertThat(users(bob.await("room_state"))).containsExactly("ann", "bob", "carl");
    carl.send(new JsonObject().put("type", "leave_room").put("room_id", "workspace_1"));
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "bob");
    assertThat(users(bob.await("room_state"))).containsExactly("ann", "bob");
    assertThat(carl.untilPong()).noneMatch(WorkspaceFlowTest::isState);

    bob.abort();
    assertThat(users(ann.await("room_state"))).containsExactly("ann");
    assertThat(ann.untilPong()).noneMatch(WorkspaceFlowTest::isState);
  }

  @Test
  void whoJoinsAgainIsShownToAll() {
    TestClient ann = connect(node, "ann");
    TestClient bob = connect(node, "bob");
    ann.send(join("again")).await("room_state");
    bob.send(join("again")).await("room_state");
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "bob");
    TestClient second = connect(node, "bob");
    assertThat(users(second.send(join("again")).next())).containsExactly("ann", "bob");
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "bob");
    second.close();
    assertThat(ann.untilPong()).as("bob is still there").noneMatch(WorkspaceFlowTest::isState);
  }

  @Test
  void cursorsAreToldToOthersAndShownToWhoComesLater() {
    TestClient ann = connect(node, "ann");
    TestClient bob = connect(node, "bob");
    ann.send(join("grid")).await("room_state");
    bob.send(join("grid")).await("room_state");
    ann.send(cursor().put("room", "grid").put("cell", "B2"));
    JsonObject moved = bob.await("cursor_moved");
    assertThat(moved)
        .isEqualTo(
            new JsonObject()
                .put("type", "cursor_moved")
                .put("room", "grid")
                .put("user_id", "ann")
                .put("username", "Ann")
                .put("cursor", new JsonObject().put("x", 150).put("y", 300).put("cell", "B2")));
    assertThat(ann.untilPong()).noneMatch(frame -> TestClient.typeOf(frame).equals("cursor_moved"));
    JsonObject state = connect(node, "carl").send(join("grid")).next();
    assertThat(state.getJsonArray("users").getJsonObject(0).getJsonObject("cursor"))
        .isEqualTo(moved.getJsonObject("cursor"));
    assertThat(state.getJsonArray("users").getJsonObject(1).getValue("cursor")).isNull();
  }

  @Test
  void aRoomLeftOutIsTheOneAskedForLast() {
    TestClient ann = connect(node, "ann");
    TestClient bob = connect(node, "bob");
    ann.send(cursor());
    assertThat(ann.next().getString("field")).isEqualTo("room");
    bob.send(join("one")).await("room_state");
    bob.send(join("two")).await("room_state");
    ann.send(join("one")).send(join("two")).send(cursor());
    assertThat(bob.await("cursor_moved").getString("room")).isEqualTo("two");
    ann.send(join("order_7")).await("error");
    ann.send(cursor());
    assertThat(bob.await("cursor_moved").getString("room")).isEqualTo("two");
  }

  @Test
  void statusesAreToldToWhoSharesARoom() {
    TestClient dora = connect(node, "dora");
    TestClient emil = connect(node, "emil");
    dora.send(join("office")).await("room_state");
    emil.send(join("office")).await("room_state");
    dora.send(new JsonObject().put("type", "status_update").put("status", "busy"));
    JsonObject busy =
        new JsonObject()
            .put("type", "user_status_changed")
            .put("user_id", "dora")
            .put("status", "busy");
    assertThat(emil.await("user_status_changed")).isEqualTo(busy);
    TestClient fay = connect(node, "fay");
    assertThat(
            fay.send(join("office"))
                .next()
                .getJsonArray("users")
                .getJsonObject(0)
                .getString("status"))
        .isEqualTo("busy");
  }

  @Test
  void typingIsToldWithItsCellAndEndsByItself() {
    TestClient ann = connect(node, "ann");
    TestClient bob = connect(node, "bob");
    ann.send(join("typing")).await("room_state");
    bob.send(join("typing")).await("room_state");
    JsonObject typing = new JsonObject().put("cell_id", "A1").put("room", "typing");
    ann.send(typing.copy().put("type", "typing_start"));
    assertThat(bob.await("user_typing_start"))
        .isEqualTo(
            new JsonObject()
                .put("type", "user_typing_start")
                .put("user_id", "ann")
                .put("username", "Ann")
                .put("cell_id", "A1")
                .put("room", "typing"));
    ann.send(typing.copy().put("type", "typing_stop"));
    assertThat(bob.await("user_typing_stop").getString("cell_id")).isEqualTo("A1");
    ann.send(typing.copy().put("type", "typing_start"));
    bob.await("user_typing_start");
    assertThat(bob.await("user_typing_stop").getString("cell_id")).isEqualTo("A1");
  }

  @Test
  void theOtherDialectsAreHeardInItsWords() {
    TestClient ann = connect(node, "ann");
    ann.send(join("mixed")).await("room_state");
    TestClient nina = node.connect("/ws?user_id=nina&token=" + node.token("nina"));
    nina.send(new JsonObject().put("event_type", "room.join").put("room_id", "mixed"));
    nina.await("room.state");
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "nina");
    nina.send(
        new JsonObject()
            .put("event_type", "chat.typing")
            .put("conversation_id", "mixed")
            .put("is_typing", true));
    JsonObject typing = ann.await("user_typing_start");
    assertThat(typing.getString("user_id")).isEqualTo("nina");
    assertThat(typing.getValue("cell_id")).isNull();

    TestClient nora = ChatFlowTest.join(node, "nora", "mixed");
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "nina", "nora");
    nora.send(
        new JsonObject()
            .put("type", "cursor.move")
            .put("room", "mixed")
            .put("x", 1)
            .put("y", 2)
            .put("cell", "C3"));
    assertThat(ann.await("cursor_moved").getString("user_id")).isEqualTo("nora");

    TestClient conny = node.connect("/ws/connect?token=" + node.token("conny"));
    conny.send(new JsonObject().put("type", "join_room").put("room", "mixed"));
    assertThat(users(ann.await("room_state"))).containsExactly("ann", "conny", "nina", "nora");

    ann.send(cursor().put("room", "mixed"));
    assertThat(nora.await("cursor.moved").getString("user_id")).isEqualTo("ann");
    ann.send(
        new JsonObject().put("type", "typing_start").put("cell_id", "A1").put("room", "mixed"));
    assertThat(
            nina.await(
                    frame ->
                        "chat.typing".equals(TestClient.typeOf(frame))
                            && "ann".equals(frame.getString("user_id")),
                    "that ann is typing")
                .getBoolean("is_typing"))
        .isTrue();
    assertThat(conny.await("typing_indicator").getString("user_id")).isIn("ann", "nina");
    assertThat(Stream.of(nina, nora, conny).flatMap(each -> each.untilPong().stream()))
        .noneMatch(WorkspaceFlowTest::isState);
  }

  @Test
  void filtersAreConfirmed() {
    TestClient ann = connect(node, "ann");
    JsonObject filter =
        new JsonObject()
            .put("categories", new JsonArray().add("system"))
            .put("modules", new JsonArray())
            .put("priorities", new JsonArray().add("critical"));
    assertThat(ann.send(filter.copy().put("type", "subscribe_notifications")).next())
        .isEqualTo(filter.put("type", "notifications_subscribed"));
    ann.send(new JsonObject().put("type", "unsubscribe_notifications"));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void whatItDoesNotKnowIsSaidWithItsRequestId() {
    TestClient ann = connect(node, "ann");
    for (String type : List.of("cell_update", "open_sheet", "ai_request", "file_upload_start")) {
      JsonObject error =
          ann.send(new JsonObject().put("type", type).put("request_id", type)).next();
      assertThat(error.getString("code")).isEqualTo("UNKNOWN_MESSAGE_TYPE");
      assertThat(error.getString("request_id")).isEqualTo(type);
    }
    assertThat(ann.send(join("order_1").put("request_id", 7)).next().getString("code"))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(ann.send("nonsense").next().getString("code")).isEqualTo("INVALID_JSON");
  }

  @Test
  void roomsOfTheServerShowWhoJoinsThemNothingMore() {
    TestClient ann = connect(node, "ann");
    JsonObject state = ann.send(join("system_monitoring")).next();
    assertThat(state.getString("type")).isEqualTo("room_state");
    connect(node, "bob").send(join("system_monitoring")).await("room_state");
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void largeRoomsAreShownInBatches() {
    try (TestNode small =
        TestNode.start("rooms.batch_above", "2", "rooms.batch_interval", "200ms")) {
      TestClient ann = connect(small, "ann");
      ann.send(join("hall")).await("room_state");
      connect(small, "bob").send(join("hall")).await("room_state");
      ann.await("room_state");
      TestClient carl = connect(small, "carl");
      JsonObject own = carl.send(join("hall")).next();
      assertThat(users(own)).as("at once").containsExactly("ann", "bob", "carl");
      connect(small, "dora").send(join("hall")).await("room_state");
      awaitUsers(ann, "ann", "bob", "carl", "dora");
      awaitUsers(carl, "ann", "bob", "carl", "dora");
    }
  }

  @Test
  void whoSendsTooMuchIsBlockedHereButAnsweredPings() {
    try (TestNode strict =
        TestNode.start("dialects.workspace.messages", "3", "dialects.workspace.window", "1s")) {
      TestClient ann = connect(strict, "ann");
      for (int i = 0; i < 3; i++) {
        ann.send(join("limits")).await("room_state");
        ann.send(cursor().put("room", "limits"));
      }
      JsonObject error = ann.send(join("limits").put("request_id", "q")).await("error");
      assertThat(error.getString("code")).isEqualTo("RATE_LIMIT_EXCEEDED");
      assertThat(error.getInteger("retry_after")).isBetween(890, 900);
      assertThat(ann.untilPong()).as("a ping is answered").isEmpty();
      TestClient again = connect(strict, "ann");
      assertThat(again.send(join("limits").put("request_id", "q")).next().getString("code"))
          .isEqualTo("RATE_LIMIT_EXCEEDED");
      ChatFlowTest.join(strict, "ann", "limits");
    }
  }

  static TestClient connect(TestNode node, String user, String... roles) {
    return node.connect("/api/v1/ws?token=" + node.token(user, roles));
  }

  static JsonObject join(String room) {
    return new JsonObject().put("type", "join_room").put("room_id", room);
  }

  static JsonObject cursor() {
    return new JsonObject().put("type", "cursor_move").put("x", 150).put("y", 300);
  }

  static List<String> users(JsonObject state) {
    List<String> users =
        state.getJsonArray("users").stream()
            .map(user -> ((JsonObject) user).getString("user_id"))
            .toList();
    assertThat(state.getInteger("total_users")).isEqualTo(users.size());
    return users;
  }

  /// Passes over states between.
  static void awaitUsers(TestClient client, String... names) {
    client.await(
        frame -> isState(frame) && users(frame).equals(List.of(names)),
        "a state with " + List.of(names));
  }

  static boolean isState(JsonObject frame) {
    return "room_state".equals(frame.getString("type"));
  }
}
