package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.NotificationDraft;
import dev.parley.api.Parley;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Notifications from the bus to clients of several dialects, and back.
class NotificationsFlowTest {
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aUsersOwnReachesAllOfTheirConnectionsInEachDialect() {
    TestClient ann = node.client("ann");
    TestClient phone = connect("ann");
    TestClient desk = nexus("ann");
    TestClient bob = nexus("bob");
    String id =
        send(
            NotificationDraft.toUser("ann", "Stop", "now")
                .category("alarm")
                .module("tables")
                .priority("urgent")
                .level("critical")
                .data(new JsonObject().put("x", 1)));
    JsonObject own = ann.await("notification.created").getJsonObject("notification");
    assertThat(own.getString("id")).isEqualTo(id);
    assertThat(own.getString("user_id")).isEqualTo("ann");
    assertThat(own.getString("module")).isEqualTo("tables");
    assertThat(own.getJsonObject("data")).isEqualTo(new JsonObject().put("x", 1));
    assertThat(phone.await("notification").getJsonObject("notification")).isEqualTo(own);
    JsonObject nexus = desk.await("notification");
    assertThat(nexus.getString("notification_id")).isEqualTo(id);
    assertThat(nexus.getString("notification_type")).isEqualTo("alert");
    assertThat(bob.untilPong()).isEmpty();
  }

  @Test
  void broadcastsAndThoseToARoleReachWhomTheyAreFor() {
    TestClient ann = connect("ann", "editor");
    TestClient bob = connect("bob");
    TestClient quiet = node.client("ann", "editor");
    TestClient asking = node.client("bob");
    assertThat(asking.ask(command("notification.subscribe")).getString("type")).isEqualTo("ok");
    send(NotificationDraft.toAll("All", "of you"));
    send(NotificationDraft.toRole("editor", "Editors", "only"));
    send(NotificationDraft.toUser("ann", "Ann", "alone"));
    assertThat(titles(ann)).containsExactly("All", "Editors", "Ann");
    assertThat(titles(bob)).containsExactly("All");
    assertThat(titles(quiet)).containsExactly("Ann");
    assertThat(titles(asking)).containsExactly("All");
    asking.ask(command("notification.unsubscribe"));
    send(NotificationDraft.toAll("Later", "again"));
    assertThat(titles(asking)).isEmpty();
  }

  @Test
  void aFilterChoosesByCategoryModuleAndPriority() {
    TestClient ann = node.client("ann");
    ann.ask(
        command("notification.subscribe")
            .put("categories", new JsonArray().add("system"))
            .put("priorities", new JsonArray().add("high").add("urgent")));
    send(NotificationDraft.toAll("1", "").priority("high"));
    send(NotificationDraft.toAll("2", ""));
    send(NotificationDraft.toUser("ann", "3", "").priority("urgent").category("other"));
    send(NotificationDraft.toUser("ann", "4", "").priority("urgent"));
    assertThat(titles(ann)).containsExactly("1", "4");
  }

  @Test
  void whatIsReadOnOneConnectionIsReadOnAll() {
    TestClient ann = node.client("ann");
    TestClient other = node.client("ann");
    TestClient desk = nexus("ann");
    String first = send(NotificationDraft.toUser("ann", "1", ""));
    send(NotificationDraft.toAll("2", ""));
    desk.await("notification");
    desk.await("notification");
    desk.send(event("notification.read").put("notification_id", first));
    JsonObject mirrored = desk.await("notification.read");
    assertThat(mirrored.getString("notification_id")).isEqualTo(first);
    JsonObject updated = other.await("notification.updated");
    assertThat(updated.getString("action")).isEqualTo("read");
    assertThat(updated.getJsonArray("notification_ids")).containsExactly(first);
    assertThat(updated.getInteger("unread_count")).isEqualTo(1);
    JsonObject cleared = ann.ask(command("notification.clear").put("all", true));
    assertThat(cleared.getInteger("marked")).isEqualTo(2);
    assertThat(desk.await("notification.clear").getBoolean("all")).isTrue();
    assertThat(ann.ask(command("notification.list")).getJsonArray("notifications")).isEmpty();
  }

  @Test
  void theListIsThereAfterARestart() {
    String first = send(NotificationDraft.toUser("ann", "1", ""));
    send(NotificationDraft.toAll("2", ""));
    send(NotificationDraft.toRole("editor", "3", ""));
    node.client("ann").ask(command("notification.read").put("notification_id", first));
    node.restart();
    TestClient ann = node.client("ann");
    JsonObject list = ann.ask(command("notification.list").put("limit", 1));
    assertThat(list.getInteger("unread_count")).isEqualTo(1);
    assertThat(list.getBoolean("more")).isTrue();
    JsonObject newest = list.getJsonArray("notifications").getJsonObject(0);
    assertThat(newest.getString("title")).isEqualTo("2");
    assertThat(newest.getBoolean("read")).isFalse();
    JsonObject next = ann.ask(command("notification.list").put("before", newest.getString("id")));
    assertThat(next.getJsonArray("notifications")).hasSize(1);
    assertThat(next.getJsonArray("notifications").getJsonObject(0).getBoolean("read")).isTrue();
  }

  @Test
  void applicationsHearOfThem() throws InterruptedException {
    var heard = new LinkedBlockingQueue<JsonObject>();
    Await.result(
        node.node()
            .vertx()
            .eventBus()
            .<JsonObject>consumer("parley.events.notifications", m -> heard.add(m.body()))
            .completion());
    String id = send(NotificationDraft.toAll("1", ""));
    JsonObject created = Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
    assertThat(created.getString("type")).isEqualTo("notification.created");
    assertThat(created.getJsonObject("notification").getString("id")).isEqualTo(id);
    node.client("ann").ask(command("notification.read").put("all", true));
    JsonObject updated = Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
    assertThat(updated.getString("type")).isEqualTo("notification.updated");
  }

  @Test
  void whoIsMentionedAndTakesPartIsNotifiedOnce() {
    TestClient ann = nexus("ann");
    TestClient bob = nexus("bob");
    for (TestClient each : List.of(ann, bob)) {
      each.send(event("room.join").put("room_id", "r"));
      each.await("room.state");
    }
    ann.send(
        event("chat.message")
            .put("conversation_id", "r")
            .put("content", "look, both of you")
            .put("mentions", new JsonArray().add("bob").add("ann").add("stranger")));
    JsonObject notice = bob.await("notification");
    assertThat(notice.getString("title")).isEqualTo("Ann mentioned you");
    assertThat(notice.getString("message")).isEqualTo("look, both of you");
    assertThat(notice.getJsonObject("data").getString("conversation_id")).isEqualTo("r");
    node.restart();
    TestClient again = node.client("bob");
    assertThat(again.ask(command("notification.list")).getInteger("unread_count")).isEqualTo(1);
    for (String other : List.of("ann", "stranger")) {
      JsonObject list = node.client(other).ask(command("notification.list"));
      assertThat(list.getJsonArray("notifications")).as(other).isEmpty();
    }
  }

  @Test
  void aWrongRequestIsRefused() {
    for (JsonObject body :
        List.of(
            new JsonObject().put("message", "m"),
            new JsonObject().put("title", "t"),
            new JsonObject().put("title", "t").put("message", "m").put("priority", "critical"),
            new JsonObject().put("title", "t").put("message", "m").put("level", "alert"),
            new JsonObject().put("title", "t").put("message", "m").put("user", "ann"),
            new JsonObject().put("title", "t".repeat(257)).put("message", "m"),
            new JsonObject()
                .put("title", "t")
                .put("message", "m")
                .put("user_id", "ann")
                .put("role", "r"))) {
      assertThatThrownBy(
              () ->
                  node.node()
                      .vertx()
                      .eventBus()
                      .request("parley.notifications.create", body)
                      .await(10, TimeUnit.SECONDS))
          .as(body.encode())
          .isInstanceOfSatisfying(
              ReplyException.class, refused -> assertThat(refused.failureCode()).isEqualTo(422));
    }
  }

  @Test
  void whatIsNotThereCannotBeMarked() {
    TestClient ann = node.client("ann");
    JsonObject refused = ann.ask(command("notification.read").put("notification_id", "n-1"));
    assertThat(refused.getString("code")).isEqualTo("NOT_FOUND");
  }

  @CanIgnoreReturnValue
  private String send(NotificationDraft draft) {
    return Await.result(Parley.on(node.node().vertx()).sendNotification(draft));
  }

  private TestClient connect(String user, String... roles) {
    TestClient client = node.connect("/ws/connect?token=" + node.token(user, roles));
    client.await("connection_established");
    client.untilPong();
    return client;
  }

  private TestClient nexus(String user) {
    TestClient client = node.connect("/ws?user_id=" + user + "&token=" + node.token(user));
    client.await("system.message");
    client.untilPong();
    return client;
  }

  private static List<String> titles(TestClient client) {
    return client.untilPong().stream()
        .filter(frame -> frame.containsKey("notification"))
        .map(frame -> frame.getJsonObject("notification").getString("title"))
        .toList();
  }

  private static JsonObject command(String type) {
    return new JsonObject().put("type", type);
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("event_type", type);
  }
}
