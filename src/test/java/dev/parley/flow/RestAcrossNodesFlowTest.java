package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.NeedsRedis;
import dev.parley.rest.Rest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is asked of one node by HTTP holds for all.
@ExtendWith(NeedsRedis.class)
final class RestAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;
  private static Rest admin;
  private static Rest user;

  @BeforeAll
  static void start() {
    cluster = new TestCluster("limits.rest_requests", "1000000");
    one = cluster.start();
    two = cluster.start();
    admin = new Rest(one.port()).as(one.token("root", "admin"));
    user = new Rest(one.port()).as(one.token("sam"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void connectionsOfAllNodesAreListedAndEnded() {
    TestClient here = join(one, "ann", "listed");
    TestClient there = join(two, "ann", "listed");
    JsonObject page = admin.get("/api/v1/ws/connections?user=ann&room=listed").json();
    assertThat(strings(page.getJsonArray("connections"), "node"))
        .containsExactlyInAnyOrder("node0", "node1");
    JsonObject first = admin.get("/api/v1/ws/connections?user=ann&limit=1").json();
    assertThat(first.getBoolean("more")).isTrue();
    String after = strings(first.getJsonArray("connections"), "connection_id").getFirst();
    JsonObject second = admin.get("/api/v1/ws/connections?user=ann&limit=1&after=" + after).json();
    assertThat(second.getBoolean("more")).isFalse();
    assertThat(strings(second.getJsonArray("connections"), "connection_id"))
        .doesNotContain(after)
        .hasSize(1);
    String elsewhere =
        page.getJsonArray("connections").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("node").equals("node1"))
            .map(each -> each.getString("connection_id"))
            .findFirst()
            .orElseThrow();
    assertThat(admin.delete("/api/v1/ws/connections/" + elsewhere).status()).isEqualTo(200);
    assertThat(there.awaitClosed().code()).isEqualTo(4403);
    here.untilPong();
    assertThat(admin.delete("/api/v1/ws/connections/" + elsewhere).status()).isEqualTo(404);
  }

  @Test
  void roomsAndUsersOfAllNodesAreListed() {
    join(two, "ben", "only_there");
    join(one, "cora", "only_here");
    join(two, "cora", "on_both");
    join(one, "dan", "on_both");
    Await.until(
        () -> strings(user.get("/api/v1/ws/rooms").array(), "room_id").contains("only_there"),
        "the other node's room");
    assertThat(strings(user.get("/api/v1/ws/rooms").array(), "room_id"))
        .containsSubsequence("on_both", "only_here", "only_there");
    JsonArray next = user.get("/api/v1/ws/rooms?limit=1&after=on_both").array();
    assertThat(strings(next, "room_id")).containsExactly("only_here");
    Await.until(
        () ->
            user.get("/api/ws/online?limit=2&after=b")
                .json()
                .getJsonArray("online_users")
                .equals(JsonArray.of("ben", "cora")),
        "users of both nodes, each once");
    Await.until(
        () ->
            strings(user.get("/api/ws/rooms/on_both").json().getJsonArray("members"), "user_id")
                .equals(List.of("cora", "dan")),
        "members of both nodes");
  }

  @Test
  void messagesArePagedFromTheSharedStore() {
    TestClient eva = join(two, "eva", "shared_pages");
    for (int i = 1; i <= 5; i++) {
      assertThat(eva.ask(send("shared_pages", "m" + i)).getString("type")).isEqualTo("ok");
    }
    JsonObject page = user.get("/ws/rooms/shared_pages/messages?limit=2&offset=3").data();
    assertThat(strings(page.getJsonArray("messages"), "content")).containsExactly("m2", "m1");
    assertThat(page.getInteger("total")).isEqualTo(5);
    Rest eve = new Rest(one.port()).as(one.token("eva"));
    assertThat(eve.get("/ws/rooms").text()).contains("shared_pages").contains("m5");
  }

  @Test
  void totalsAreThoseOfAllNodes() {
    join(one, "finn", "totals_1");
    join(two, "gina", "totals_2");
    Await.until(
        () -> {
          JsonObject now = user.get("/ws/connection-stats").data();
          return now.getInteger("total_rooms") >= 2 && now.getInteger("unique_users") >= 2;
        },
        "both are counted");
    assertThat(new Rest(two.port()).get("/ws/health").data().getBoolean("redis_connected"))
        .isTrue();
  }

  private static List<String> strings(JsonArray objects, String field) {
    List<String> strings = new ArrayList<>();
    objects.forEach(each -> strings.add(((JsonObject) each).getString(field)));
    return strings;
  }
}
