package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Ports;
import dev.parley.kit.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who is in rooms and who is online, on several nodes at once. Each test has users and rooms of
/// its own; all share the nodes, of which the third is there to be killed.
@ExtendWith(NeedsRedis.class)
class ClusterMembersFlowTest {
  private static final List<Integer> PORTS = Ports.free(3);
  private static final List<TestNode> NODES = new ArrayList<>();

  /// What applications hear at the first node.
  private static final Queue<JsonObject> ANNOUNCED = new ConcurrentLinkedQueue<>();

  private static RedisServer redis;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    for (int i = 0; i < 3; i++) {
      NODES.add(startNode(i));
    }
    for (TestNode node : NODES) {
      Await.until(() -> node.node().others().size() == 2, "all nodes know each other");
    }
    for (String domain : List.of("rooms", "presence", "connections")) {
      Await.result(
          node(0)
              .node()
              .vertx()
              .eventBus()
              .<JsonObject>consumer(
                  "parley.events." + domain, message -> ANNOUNCED.add(message.body()))
              .completion());
    }
  }

  @AfterAll
  static void stop() {
    NODES.reversed().forEach(TestNode::close);
    redis.close();
  }

  private static TestNode node(int place) {
    return NODES.get(place);
  }

  @Test
  void whoJoinsAtOneNodeIsSeenAtTheOther() {
    TestClient ann = join(node(0), "ann", "across");
    TestClient bob = join(node(1), "bob", "across");

    assertNews(ann.await("room.joined"), "bob", 2);
    awaitTotal(bob, "across", 2);
    assertThat(usersIn(members(bob, "across", 200, null))).containsExactly("ann", "bob");

    leave(bob, "across");

    assertNews(ann.await("room.left"), "bob", 1);
    assertThat(announced("across", "bob")).containsExactly("room.joined", "room.left");
  }

  @Test
  void aUserAtTwoNodesIsOneMemberAndLeavesOnce() {
    TestClient watcher = join(node(0), "watcher", "twice");
    TestClient first = join(node(0), "dora", "twice");
    assertThat(watcher.await("room.joined").getString("user_id")).isEqualTo("dora");
    TestClient emil = join(node(1), "emil", "twice");
    assertThat(watcher.await("room.joined").getString("user_id")).isEqualTo("emil");
    awaitTotal(emil, "twice", 3);

    TestClient second = node(1).client("dora");
    JsonObject joined = second.ask(command("room.join", "twice"));
    assertThat(joined.getInteger("count")).isEqualTo(3);
    Await.until(() -> connections(watcher, "dora") == 2, "both connections are counted");
    TestClient _ = join(node(1), "faye", "twice");
    assertThat(watcher.await("room.joined").getString("user_id")).isEqualTo("faye");

    leave(first, "twice");
    assertThat(members(watcher, "twice", 200, null).getInteger("total")).isEqualTo(4);
    leave(second, "twice");
    assertThat(watcher.await("room.left").getString("user_id")).isEqualTo("dora");

    assertThat(announced("twice", "dora")).containsExactly("room.joined", "room.left");
  }

  /// Each time another user: of one who comes again before a node heard that they were at another
  /// too, applications may miss a visit.
  @Test
  void whoLeavesAllNodesAtOnceIsToldOnce() {
    TestClient watcher = join(node(0), "warden", "once");
    for (int round = 0; round < 5; round++) {
      String user = "finn" + round;
      List<TestClient> both = List.of(node(0).client(user), node(1).client(user));
      JsonObject _ = both.getFirst().ask(command("room.join", "once"));
      awaitMove(watcher, "room.joined", user);
      Await.until(
          () -> usersIn(members(both.getLast(), "once", 200, null)).contains(user),
          "the other node knows");
      JsonObject _ = both.getLast().ask(command("room.join", "once"));
      both.forEach(client -> client.send(command("room.leave", "once")));
      awaitMove(watcher, "room.left", user);
      Await.until(() -> haveComeAndGone("once", user), "applications are told");
      assertComesAndGoes(watcher, user);
      both.forEach(TestClient::close);
    }
  }

  /// A node that hears late of a user's coming to another may tell it, and then their going; never
  /// one without the other.
  private static void assertComesAndGoes(TestClient watcher, String user) {
    List<String> told =
        watcher.untilPong().stream()
            .filter(frame -> user.equals(frame.getString("user_id")))
            .map(TestClient::typeOf)
            .toList();
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i)).isEqualTo(i % 2 == 0 ? "room.joined" : "room.left");
    }
    if (told.size() % 2 == 1) {
      awaitMove(watcher, "room.left", user);
    }
  }

  private static void awaitMove(TestClient watcher, String type, String user) {
    JsonObject _ =
        watcher.await(
            frame ->
                type.equals(frame.getString("type")) && user.equals(frame.getString("user_id")),
            type + " of " + user);
  }

  @Test
  void aStatusSetAtOneNodeIsTheUsersEverywhere() {
    TestClient one = join(node(0), "gina", "status");
    TestClient two = join(node(1), "gina", "status");
    TestClient hugo = join(node(1), "hugo", "status");
    Await.until(() -> connections(hugo, "gina") == 2, "both connections are known");

    JsonObject _ = one.ask(status("busy"));
    Await.until(() -> statusOf(hugo, "gina").equals("busy"), "busy is known at the other node");
    JsonObject _ = two.ask(status("away"));
    Await.until(() -> statusOf(one, "gina").equals("away"), "the last one set counts");

    two.close();
    Await.until(() -> connections(hugo, "gina") == 1, "one connection is left");
    assertThat(statusOf(hugo, "gina")).isEqualTo("away");
    one.close();
    assertThat(
            hugo.await(frame -> isPresence(frame, "gina", "offline"), "gina is offline")
                .getString("status"))
        .isEqualTo("offline");
  }

  @Test
  void aListOverTwoNodesIsPaged() {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      TestNode node = node(i % 2);
      String user = "user%03d".formatted(i);
      TestClient client = node.connect("/parley/v1?token=" + node.token(user));
      clients.add(client.send(command("room.join", "paged").put("id", "join")));
    }
    clients.forEach(client -> client.await(frame -> "join".equals(frame.getString("id")), "ok"));
    TestClient reader = node(1).client("reader");
    Await.until(
        () -> members(reader, "paged", 1, null).getInteger("total", 0) == 300, "all are counted");
    List<String> users = new ArrayList<>();
    @Nullable String after = null;
    do {
      JsonObject page = members(reader, "paged", 70, after);
      users.addAll(usersIn(page));
      after = page.getString("next");
    } while (after != null);

    assertThat(users).hasSize(300).isSorted().doesNotHaveDuplicates();
    JsonObject joined = join(node(0), "zoe", "paged").ask(command("room.join", "paged"));
    assertThat(joined.getInteger("count")).isEqualTo(301);
    assertThat(joined.getJsonArray("members")).hasSize(200);
    clients.forEach(TestClient::abort);
  }

  @Test
  void theUsersOfANodeThatIsGoneAreGone() {
    TestClient ida = join(node(0), "ida", "grave");
    TestClient jon = join(node(1), "jon", "grave");
    TestClient _ = join(node(2), "kim", "grave");
    TestClient _ = join(node(2), "jon", "grave");
    awaitTotal(ida, "grave", 3);
    awaitTotal(jon, "grave", 3);
    Await.until(() -> connections(ida, "jon") == 2, "jon is at two nodes");
    long killedAt = System.nanoTime();
    node(2).stop();

    for (TestClient survivor : List.of(ida, jon)) {
      assertNews(survivor.await("room.left"), "kim", 2);
      JsonObject _ = survivor.await(frame -> isPresence(frame, "kim", "offline"), "kim is offline");
    }
    assertThat(System.nanoTime() - killedAt).isLessThan(10_000_000_000L);
    assertThat(connections(ida, "jon")).isEqualTo(1);
    assertThat(statusOf(ida, "jon")).isEqualTo("online");
    assertThat(announced("grave", "kim").getFirst()).isEqualTo("room.joined");
    assertThat(announced("grave", "kim").stream().skip(1))
        .as("what begins and ends within a second may be said twice")
        .isNotEmpty()
        .containsOnly("room.left");
    assertThat(count("grave", "jon", "room.left")).isZero();
    assertThat(ANNOUNCED.stream().filter(frame -> isPresence(frame, "kim", "offline")).toList())
        .hasSize(1);
  }

  private static void assertNews(JsonObject news, String user, int members) {
    assertThat(news.getString("user_id")).isEqualTo(user);
    assertThat(news.getInteger("members")).isEqualTo(members);
  }

  private static TestNode startNode(int place) {
    return TestNode.start(
        "node.id",
        "node" + place,
        "store.redis.url",
        redis.url(),
        "presence.offline_grace",
        "1s",
        "cluster.enabled",
        "true",
        "cluster.secret",
        "a secret that all of them share",
        "cluster.port",
        PORTS.get(place).toString(),
        "cluster.members",
        "127.0.0.1:" + PORTS.getFirst());
  }

  private static JsonObject command(String type, String room) {
    return new JsonObject().put("type", type).put("room", room);
  }

  private static JsonObject status(String status) {
    return new JsonObject().put("type", "presence.set").put("status", status);
  }

  @CanIgnoreReturnValue
  private static JsonObject leave(TestClient client, String room) {
    return client.ask(command("room.leave", room));
  }

  private static JsonObject members(
      TestClient client, String room, int limit, @Nullable String after) {
    JsonObject command = command("room.members", room).put("limit", limit);
    if (after != null) {
      command.put("after", after);
    }
    return client.ask(command);
  }

  private static void awaitTotal(TestClient client, String room, int total) {
    Await.until(
        () -> members(client, room, 1, null).getInteger("total", 0) == total,
        total + " members in " + room);
  }

  private static List<String> usersIn(JsonObject page) {
    JsonArray members = page.getJsonArray("members");
    return members.stream().map(member -> ((JsonObject) member).getString("user_id")).toList();
  }

  private static JsonObject presenceOf(TestClient client, String user) {
    JsonObject reply =
        client.ask(
            new JsonObject()
                .put("type", "presence.get")
                .put("user_ids", new JsonArray().add(user)));
    return reply.getJsonArray("users").getJsonObject(0);
  }

  private static int connections(TestClient client, String user) {
    return presenceOf(client, user).getInteger("connections", 0);
  }

  private static String statusOf(TestClient client, String user) {
    return presenceOf(client, user).getString("status");
  }

  private static boolean isPresence(JsonObject frame, String user, String status) {
    return "presence.changed".equals(frame.getString("type"))
        && user.equals(frame.getString("user_id"))
        && status.equals(frame.getString("status"));
  }

  /// What applications heard of a user in a room.
  private static List<String> announced(String room, String user) {
    Await.until(() -> count(room, user, "room.left") > 0, "applications hear of the end");
    return heard(room, user);
  }

  /// Who stays at one node long after leaving the other, as on a busy machine, comes once more.
  private static boolean haveComeAndGone(String room, String user) {
    List<String> heard = heard(room, user);
    return heard.contains("room.joined") && heard.getLast().equals("room.left");
  }

  private static List<String> heard(String room, String user) {
    return ANNOUNCED.stream()
        .filter(frame -> room.equals(frame.getString("room")))
        .filter(frame -> user.equals(frame.getString("user_id")))
        .map(frame -> frame.getString("type"))
        .filter(type -> type.startsWith("room."))
        .toList();
  }

  private static long count(String room, String user, String type) {
    return ANNOUNCED.stream()
        .filter(frame -> room.equals(frame.getString("room")))
        .filter(frame -> user.equals(frame.getString("user_id")))
        .filter(frame -> type.equals(frame.getString("type")))
        .count();
  }
}
