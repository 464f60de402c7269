package dev.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.rest.Rest.Answered;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every call as it is meant to be made.
final class RestFlowTest {
  private static TestNode node;
  private static Rest rest;
  private static Rest admin;

  @BeforeAll
  static void start() {
    node = TestNode.start("limits.rest_requests", "1000000");
    rest = new Rest(node.port());
    admin = rest.as(node.token("root", "admin"));
  }

  /// The one that stops a node is answered by [ShutdownFlowTest].
  @AfterAll
  static void everyCallWasMade() {
    node.close();
    Set<String> calls = new TreeSet<>(OpenApi.DESCRIPTION.calls());
    calls.remove("POST /api/v1/ws/shutdown");
    assertThat(Rest.ANSWERED).containsAll(calls);
  }

  private static Rest user(String name) {
    return rest.as(node.token(name));
  }

  // --- connect ---

  @Test
  void aUsersRoomsComeWithTheirNewestMessagesTheNewestFirst() {
    TestClient ann = join(node, "anna", "order_1", "admin");
    say(ann, "order_1", "first");
    join(node, "anna", "quiet");
    join(node, "bert", "channel_one");
    TestClient bert = join(node, "bert", "quiet");
    say(bert, "channel_one", "hello");
    join(node, "anna", "channel_one");

    JsonArray rooms = user("anna").get("/ws/rooms").json().getJsonArray("data");
    assertThat(names(rooms)).containsExactly("channel_one", "order_1", "quiet");
    JsonObject newest = rooms.getJsonObject(0);
    assertThat(newest.getString("type")).isEqualTo("channel");
    assertThat(newest.getInteger("unread_count")).isEqualTo(1);
    assertThat(newest.getJsonObject("last_message").getString("content")).isEqualTo("hello");
    assertThat(newest.getString("last_activity"))
        .isEqualTo(newest.getJsonObject("last_message").getString("timestamp"));
    assertThat(newest.getJsonArray("participants")).containsExactly("anna", "bert");
    assertThat(rooms.getJsonObject(2).getValue("last_message")).isNull();
    JsonArray second = user("anna").get("/ws/rooms?limit=1&offset=1").json().getJsonArray("data");
    assertThat(names(second)).containsExactly("order_1");
    assertThat(user("nobody").get("/ws/rooms").json().getJsonArray("data")).isEmpty();
  }

  private static List<String> names(JsonArray rooms) {
    return rooms.stream().map(room -> ((JsonObject) room).getString("room")).toList();
  }

  @Test
  void messagesComeInPagesNewestFirst() {
    TestClient carl = join(node, "carl", "pages");
    for (int i = 1; i <= 9; i++) {
      say(carl, "pages", "m" + i);
      carl.ask(
          new JsonObject()
              .put("type", "chat.react")
              .put("room", "pages")
              .put("seq", 1)
              .put("emoji", "👍" + i));
    }
    Rest reader = user("carl");
    JsonObject all = reader.get("/ws/rooms/pages/messages").data();
    assertThat(contents(all)).containsExactly("m9", "m8", "m7", "m6", "m5", "m4", "m3", "m2", "m1");
    assertThat(all.getInteger("total")).isEqualTo(9);
    assertThat(all.getInteger("limit")).isEqualTo(50);
    for (int offset = 0; offset <= 10; offset++) {
      JsonObject page = reader.get("/ws/rooms/pages/messages?limit=2&offset=" + offset).data();
      assertThat(contents(page))
          .as("offset %d", offset)
          .isEqualTo(contents(all).stream().skip(offset).limit(2).toList());
    }
    long fifth = all.getJsonArray("messages").getJsonObject(4).getLong("id");
    assertThat(contents(reader.get("/ws/rooms/pages/messages?limit=2&before=" + fifth).data()))
        .containsExactly("m4", "m3");
    assertThat(
            contents(
                reader.get("/ws/rooms/pages/messages?limit=2&offset=1&before=" + fifth).data()))
        .containsExactly("m3", "m2");
    assertThat(contents(reader.get("/ws/rooms/pages/messages?limit=2&after=" + fifth).data()))
        .containsExactly("m7", "m6");
    assertThat(contents(reader.get("/ws/rooms/pages/messages?limit=2&after=0").data()))
        .containsExactly("m2", "m1");
  }

  private static List<String> contents(JsonObject page) {
    return page.getJsonArray("messages").stream()
        .map(message -> ((JsonObject) message).getString("content"))
        .toList();
  }

  @Test
  void readingIsMarkedAndTheRoomHearsOfIt() {
    TestClient dora = join(node, "dora", "marks");
    TestClient emil = node.connect("/ws/connect?token=" + node.token("emil"));
    emil.send(new JsonObject().put("type", "join_room").put("room", "marks"));
    emil.await("room_event");
    IntStream.rangeClosed(1, 3).forEach(i -> say(dora, "marks", "m" + i));
    JsonObject ids = new JsonObject().put("message_ids", JsonArray.of(1, 2, 999));

    JsonObject marked = user("emil").post("/ws/rooms/marks/mark-read", ids).data();
    assertThat(marked.getInteger("marked")).isEqualTo(3);
    assertThat(marked.getInteger("unread_count")).isZero();
    assertThat(emil.await("read_receipt").getInteger("up_to")).isEqualTo(3);
    JsonObject one = new JsonObject().put("message_ids", JsonArray.of(1));
    assertThat(user("fritz").post("/ws/rooms/marks/mark-read", one).data())
        .isEqualTo(new JsonObject().put("marked", 1).put("unread_count", 2));
  }

  @Test
  void healthIsOpenToAll() {
    JsonObject health = rest.get("/ws/health").data();
    assertThat(health.getString("health_status")).isEqualTo("healthy");
    assertThat(health.getInteger("health_score")).isEqualTo(100);
    assertThat(health.getValue("redis_connected")).isNull();
    for (String path : List.of("/api/v1/ws/health", "/health/live", "/health/ready")) {
      assertThat(rest.get(path).json().getString("status")).isEqualTo("healthy");
    }
  }

  @Test
  void figuresAreOfWhatIsThere() {
    TestClient gabi = join(node, "gabi", "support_1", "support");
    say(gabi, "support_1", "hello");
    gabi.ask(new JsonObject().put("type", "room.join").put("room", "admin"));
    Await.until(
        () -> rest.get("/ws/connection-stats").data().getInteger("unique_users") > 0,
        "somebody is online");
    Await.until(
        () -> detailed().getJsonObject("room_types").getInteger("support") == 1,
        "the room is counted");

    JsonObject open = rest.get("/ws/connection-stats").data();
    assertThat(open.fieldNames())
        .containsExactlyInAnyOrder("total_connections", "unique_users", "total_rooms");
    JsonObject all = admin.get("/ws/connection-stats").data();
    assertThat(all.getJsonObject("rooms").getInteger("support")).isEqualTo(1);
    assertThat(all.getJsonObject("errors").getInteger("PERMISSION_DENIED")).isPositive();
    assertThat(user("gabi").get("/ws/connection-stats").data().fieldNames()).hasSize(3);
    JsonObject nexus = user("gabi").get("/api/ws/stats").json();
    assertThat(nexus.getInteger("active_connections")).isPositive();
    assertThat(nexus.getInteger("messages_received")).isPositive();
    JsonObject workspace = user("gabi").get("/api/v1/ws/stats").json();
    assertThat(workspace.getInteger("authenticated_connections")).isPositive();
    assertThat(workspace.getInteger("rooms_active")).isPositive();
  }

  private static JsonObject detailed() {
    return admin.get("/api/v1/ws/stats/detailed").json();
  }

  // --- aether ---

  @Test
  void notificationsAreListedReadAndCleared() {
    Answered created =
        admin.post(
            "/api/v1/notifications",
            new JsonObject()
                .put("title", "Disk")
                .put("message", "90 %")
                .put("level", "warning")
                .put("user_id", "hanna"));
    assertThat(created.status()).isEqualTo(201);
    String id = created.json().getString("id");
    Rest hanna = user("hanna");
    JsonObject listed = hanna.get("/api/v1/notifications?unread=true&limit=5").json();
    assertThat(listed.encode()).contains(id).contains("\"level\":\"warning\"");
    int unread = listed.getInteger("unread_count");
    JsonObject read = hanna.post("/api/v1/notifications/" + id + "/read").json();
    assertThat(read.getInteger("unread_count")).isEqualTo(unread - 1);
    assertThat(hanna.get("/api/v1/notifications?unread=true").text()).doesNotContain(id);
    assertThat(hanna.post("/api/v1/notifications/read-all").json().getInteger("unread_count"))
        .isZero();
    assertThat(hanna.delete("/api/v1/notifications/" + id).status()).isEqualTo(200);
    assertThat(hanna.get("/api/v1/notifications").text()).doesNotContain(id);
    assertThat(user("ingo").delete("/api/v1/notifications/" + id).status()).isEqualTo(404);
  }

  @Test
  void aGuestSeesWhatIsForAll() {
    admin.post(
        "/api/v1/notifications", new JsonObject().put("title", "For all").put("message", ""));
    assertThat(rest.get("/api/v1/notifications").text()).contains("For all");
  }

  @Test
  void aTopicIsTold() {
    TestClient guest = node.connect("/ws");
    guest.await("initial_state");
    guest.send(
        new JsonObject().put("type", "subscribe").put("topics", new JsonArray().add("inventory")));
    guest.await("subscribed");
    JsonObject body =
        new JsonObject().put("action", "updated").put("data", new JsonObject().put("stock", 7));
    assertThat(admin.post("/api/v1/topics/inventory", body).json().getBoolean("success")).isTrue();
    assertThat(guest.await("inventory")).isEqualTo(body.copy().put("type", "inventory"));
  }

  @Test
  void aServiceTellsOfItsJobs() {
    Rest service = rest.as(node.token("worker", "service"));
    JsonObject running =
        new JsonObject().put("status", "running").put("progress", 45.5).put("name", "Import");
    JsonObject job = service.post("/api/v1/jobs/job:1%7Ca+b", running).json();
    assertThat(job.getString("job_id")).isEqualTo("job:1|a+b");
    assertThat(job.getDouble("progress")).isEqualTo(45.5);
    assertThat(user("jan").get("/api/v1/jobs").text()).contains("job:1|a+b");
    JsonObject done = new JsonObject().put("status", "completed").put("progress", 100);
    assertThat(admin.post("/api/v1/jobs/job:1%7Ca+b", done).status()).isEqualTo(200);
    assertThat(user("jan").get("/api/v1/jobs?status=completed").text()).contains("job:1|a+b");
  }

  // --- nexus ---

  @Test
  void whoIsOnlineIsListedInPages() {
    node.client("kai");
    node.client("kim");
    Rest caller = user("lars");
    Await.until(
        () -> caller.get("/api/ws/online").json().getJsonArray("online_users").contains("kim"),
        "kim is online");
    JsonObject page = caller.get("/api/ws/online?limit=1&after=kai").json();
    assertThat(page.getJsonArray("online_users")).containsExactly("kim");
    assertThat(page.getInteger("count")).isGreaterThan(1);
  }

  @Test
  void aRoomsMembersComeWithTheirStatuses() {
    TestClient mona = join(node, "mona", "team");
    join(node, "nils", "team");
    mona.ask(new JsonObject().put("type", "presence.set").put("status", "busy"));
    JsonObject room = user("olga").get("/api/ws/rooms/team").json();
    assertThat(room.getInteger("count")).isEqualTo(2);
    assertThat(room.getJsonArray("members"))
        .containsExactly(member("mona", "busy"), member("nils", "online"));
    JsonObject second = user("olga").get("/api/ws/rooms/team?limit=1&after=mona").json();
    assertThat(second.getJsonArray("members")).containsExactly(member("nils", "online"));
  }

  private static JsonObject member(String user, String status) {
    String name = Character.toUpperCase(user.charAt(0)) + user.substring(1);
    return new JsonObject().put("user_id", user).put("username", name).put("status", status);
  }

  @Test
  void aStrangerSeesTheStatusAlone() {
    join(node, "paul", "shared");
    join(node, "rita", "shared");
    Await.until(
        () ->
            user("stranger").get("/api/presence/paul").json().getString("status").equals("online"),
        "paul is online");
    assertThat(user("stranger").get("/api/presence/paul").json().fieldNames())
        .containsExactlyInAnyOrder("user_id", "status");
    for (Rest known : List.of(user("rita"), user("paul"), admin)) {
      JsonObject full = known.get("/api/presence/paul").json();
      assertThat(full.getInteger("connections")).isEqualTo(1);
      assertThat(full.getString("last_seen")).isNotNull();
    }
    assertThat(admin.get("/api/presence/never%40seen").json().getString("user_id"))
        .isEqualTo("never@seen");
  }

  @Test
  void nexusNotifiesOneOrAll() {
    JsonObject body =
        new JsonObject()
            .put("title", "Tonight")
            .put("message", "We restart")
            .put("notification_type", "alert")
            .put("priority", "urgent");
    Answered all = admin.post("/api/notifications/broadcast", body);
    assertThat(all.json().getString("notification_id")).isNotEmpty();
    Answered one =
        admin.post("/api/notifications/send", body.copy().put("user_id", "sara").put("title", "S"));
    assertThat(one.json().getString("notification_id")).isNotEmpty();
    assertThat(user("sara").get("/api/v1/notifications").text())
        .contains("\"level\":\"critical\"")
        .contains("\"S\"");
  }

  // --- workspace ---

  @Test
  void roomsWithMembersAreListedAsFarAsOneMayEnterThem() {
    TestClient tina = join(node, "tina", "aaa_open");
    say(tina, "aaa_open", "one");
    join(node, "root", "order_aaa", "admin");
    JsonArray rooms = user("ulf").get("/api/v1/ws/rooms").array();
    assertThat(rooms.getJsonObject(0).getString("room_id")).isEqualTo("aaa_open");
    assertThat(rooms.getJsonObject(0).getInteger("user_count")).isEqualTo(1);
    assertThat(rooms.getJsonObject(0).getInteger("messages_sent")).isEqualTo(1);
    assertThat(rooms.encode()).doesNotContain("order_aaa");
    assertThat(admin.get("/api/v1/ws/rooms").text()).contains("order_aaa");
    JsonArray later = user("ulf").get("/api/v1/ws/rooms?limit=1&after=aaa_open").array();
    assertThat(later.encode()).doesNotContain("aaa_open");
  }

  @Test
  void anObjectReachesARoomOrAUserAsItIsGiven() {
    TestClient vera = join(node, "vera", "auction");
    JsonObject price = new JsonObject().put("type", "price").put("eur", 12);
    assertThat(admin.post("/api/v1/ws/rooms/auction/broadcast", price).json())
        .isEqualTo(new JsonObject().put("success", true).put("recipients", 1));
    assertThat(vera.await("price")).isEqualTo(price);
    JsonObject hint = new JsonObject().put("type", "hint").put("text", "look");
    JsonObject sent = admin.post("/api/v1/ws/users/vera/notify", hint).json();
    assertThat(sent.getInteger("delivered")).isEqualTo(1);
    assertThat(vera.await("hint").getMap()).containsAllEntriesOf(hint.getMap());
    JsonObject later = admin.post("/api/v1/ws/users/verena/notify", hint).json();
    assertThat(later)
        .isEqualTo(new JsonObject().put("success", true).put("delivered", 0).put("queued", true));
    TestClient verena = node.connect("/api/v1/ws?token=" + node.token("verena"));
    assertThat(verena.await("hint")).isEqualTo(hint.copy().put("queued", true));
    assertThat(
            admin.post("/api/v1/ws/rooms/nowhere/broadcast", price).json().getInteger("recipients"))
        .isZero();
  }

  @Test
  void workspaceNotifies() {
    JsonObject body =
        new JsonObject()
            .put("user_id", "willi")
            .put("title", "New Comment")
            .put("message", "on your sheet")
            .put("category", "workspace")
            .put("priority", "critical")
            .put("module_name", "tables");
    Answered answered =
        admin.post("/api/v1/ws/broadcast/notification?event_type=notification_created", body);
    String id = answered.json().getString("notification_id");
    assertThat(user("willi").get("/api/v1/notifications").text()).contains(id);
  }

  @Test
  void connectionsAreListedWithWhatTheySaidOfThemselvesAndEnded() {
    TestClient xara =
        node.connect(
            "/ws/connect?client_type=mobile&client_version=1.2&device_id=d-7&token="
                + node.token("xara"));
    xara.send(new JsonObject().put("type", "join_room").put("room", "listed"));
    xara.await("room_event");
    JsonObject listed = only(admin.get("/api/v1/ws/connections?user=xara").json());
    assertThat(listed.getString("dialect")).isEqualTo("connect");
    assertThat(listed.getString("connection_id")).isEqualTo(xara.connectionId());
    assertThat(listed.getString("ip")).isEqualTo("127.0.0.1");
    assertThat(listed.getJsonArray("rooms")).containsExactly("listed");
    assertThat(listed.getLong("bytes_in")).isPositive();
    assertThat(listed.getLong("bytes_out")).isPositive();
    assertThat(listed.getJsonObject("client"))
        .isEqualTo(
            new JsonObject()
                .put("client_type", "mobile")
                .put("client_version", "1.2")
                .put("device_id", "d-7"));
    assertThat(only(admin.get("/api/v1/ws/connections?room=listed").json())).isNotEmpty();
    assertThat(admin.get("/api/v1/ws/connections?user=nobody").json().getJsonArray("connections"))
        .isEmpty();

    String path = "/api/v1/ws/connections/" + xara.connectionId();
    assertThat(admin.delete(path).status()).isEqualTo(200);
    assertThat(xara.awaitClosed().code()).isEqualTo(4403);
    assertThat(admin.delete(path).error().getString("code")).isEqualTo("NOT_FOUND");
  }

  private static JsonObject only(JsonObject page) {
    assertThat(page.getJsonArray("connections")).hasSize(1);
    return page.getJsonArray("connections").getJsonObject(0);
  }

  @Test
  void connectionsComeInPages() {
    IntStream.range(0, 5).forEach(_ -> node.client("yves"));
    TreeSet<String> seen = new TreeSet<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonObject page = admin.get("/api/v1/ws/connections?user=yves&limit=2&after=" + after).json();
      for (Object each : page.getJsonArray("connections")) {
        after = ((JsonObject) each).getString("connection_id");
        assertThat(seen.add(after)).isTrue();
      }
      more = page.getBoolean("more");
    }
    assertThat(seen).hasSize(5);
  }

  // --- the server ---

  @Test
  void aGrantOpensARoomUntilItIsTakenBack() {
    Rest zoe = user("zoe.@");
    String path = "/api/v1/rooms/order_77/grants/zoe.%40";
    assertThat(zoe.get("/ws/rooms/order_77/messages").status()).isEqualTo(403);
    assertThat(admin.put(path).status()).isEqualTo(200);
    assertThat(zoe.get("/ws/rooms/order_77/messages").status()).isEqualTo(200);
    assertThat(admin.delete(path).status()).isEqualTo(200);
    assertThat(zoe.get("/ws/rooms/order_77/messages").status()).isEqualTo(403);
  }

  @Test
  void rightsAreTakenBackAndGivenAgain() {
    String path = "/api/v1/users/yorick/block";
    assertThat(user("yorick").get("/ws/rooms").status()).isEqualTo(200);
    assertThat(admin.put(path).status()).isEqualTo(200);
    assertThat(user("yorick").get("/ws/rooms").status()).isEqualTo(401);
    assertThat(admin.delete(path).status()).isEqualTo(200);
    assertThat(user("yorick").get("/ws/rooms").status()).isEqualTo(200);
    JsonObject all = new JsonObject().put("user_id", "yorick");
    assertThat(admin.post("/api/v1/revocations", all).json())
        .isEqualTo(new JsonObject().put("success", true));
  }

  @Test
  void developersGetTokens() {
    JsonObject body = new JsonObject().put("user_id", "dev").put("roles", JsonArray.of("admin"));
    String token = rest.post("/dev/token", body).json().getString("token");
    assertThat(rest.as(token).get("/api/v1/ws/connections").status()).isEqualTo(200);
  }

  private static TestClient join(TestNode node, String user, String room, String... roles) {
    TestClient client = node.client(user, roles);
    JsonObject joined = client.ask(new JsonObject().put("type", "room.join").put("room", room));
    assertThat(joined.getString("type")).as(joined.encode()).isEqualTo("ok");
    return client;
  }

  private static void say(TestClient client, String room, String text) {
    JsonObject sent =
        client.ask(
            new JsonObject().put("type", "chat.send").put("room", room).put("content", text));
    assertThat(sent.getString("type")).as(sent.encode()).isEqualTo("ok");
  }
}
