package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.NotificationDraft;
import dev.parley.api.Parley;
import dev.parley.faults.BusFaults;
import dev.parley.kit.NeedsRedis;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Notifications where sender, readers and the connections that hear of it are on two nodes.
@ExtendWith(NeedsRedis.class)
class NotificationsAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;

  @BeforeAll
  static void start() {
    cluster = new TestCluster("feed.poll_interval", "200ms");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void broadcastsReachBothNodesAndMarksAreMirrored() {
    TestClient here = one.client("ann");
    TestClient there = two.client("ann");
    TestClient asking = two.client("bob");
    asking.ask(command("notification.subscribe"));
    TestClient connect = two.connect("/ws/connect?token=" + two.token("cid", "editor"));
    connect.untilPong();
    List.of(one, two).forEach(node -> node.awaitHeardElsewhere(Topic.of(new UserId("ann"))));
    String own = send(NotificationDraft.toUser("ann", "own", "").priority("high"));
    assertThat(idOf(here)).isEqualTo(own);
    assertThat(idOf(there)).isEqualTo(own);
    String all = send(NotificationDraft.toAll("all", ""));
    assertThat(idOf(asking)).isEqualTo(all);
    assertThat(connect.await("notification").getJsonObject("notification").getString("id"))
        .isEqualTo(all);
    String role = send(NotificationDraft.toRole("editor", "role", ""));
    assertThat(connect.await("notification").getJsonObject("notification").getString("id"))
        .isEqualTo(role);
    JsonObject marked = there.ask(command("notification.read").put("notification_id", all));
    assertThat(marked.getInteger("unread_count")).isEqualTo(1);
    assertThat(here.await("notification.updated").getJsonArray("notification_ids"))
        .containsExactly(all);
    JsonObject list = here.ask(command("notification.list"));
    assertThat(list.getInteger("unread_count")).isEqualTo(1);
    assertThat(list.getJsonArray("notifications")).hasSize(2);
  }

  @Test
  void marksMadeOnBothNodesAtOnceAreAllKept() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(send(NotificationDraft.toUser("dan", "n" + i, "")));
    }
    TestClient here = one.client("dan");
    TestClient there = two.client("dan");
    for (int i = 0; i < 40; i += 2) {
      here.send(command("notification.read").put("notification_id", ids.get(i)));
      there.send(command("notification.read").put("notification_id", ids.get(i + 1)));
    }
    JsonObject last = new JsonObject().put("notification_ids", new JsonArray(ids.subList(0, 1)));
    here.ask(command("notification.read").mergeIn(last));
    there.ask(command("notification.read").mergeIn(last));
    Await.until(
        () -> here.ask(command("notification.list")).getInteger("unread_count") == unreadForAll(),
        "all of dan's are read");
  }

  @Test
  void whatTheBusLosesOfThoseForSeveralComesFromTheStoreOnce() {
    TestClient ann = two.connect("/ws/connect?token=" + two.token("eve", "auditor"));
    ann.untilPong();
    BusFaults faults = new BusFaults();
    faults.install(two.node().vertx());
    send(NotificationDraft.toAll("heard", ""));
    send(NotificationDraft.toRole("auditor", "heard too", ""));
    assertThat(titleOf(ann)).isEqualTo("heard");
    assertThat(titleOf(ann)).isEqualTo("heard too");
    faults.obey("lose 100");
    send(NotificationDraft.toAll("lost", ""));
    assertThat(titleOf(ann)).isEqualTo("lost");
    send(NotificationDraft.toRole("auditor", "lost too", ""));
    assertThat(titleOf(ann)).isEqualTo("lost too");
    faults.obey("lose 0");
    send(NotificationDraft.toRole("auditor", "heard again", ""));
    assertThat(titleOf(ann)).isEqualTo("heard again");
    faults.obey("delay 700");
    send(NotificationDraft.toAll("late", ""));
    assertThat(titleOf(ann)).isEqualTo("late");
    send(NotificationDraft.toAll("later", ""));
    assertThat(titleOf(ann)).isEqualTo("later");
    faults.obey("delay 0");
    send(NotificationDraft.toAll("last", ""));
    assertThat(titleOf(ann)).isEqualTo("last");
  }

  private static String titleOf(TestClient client) {
    return client.await("notification").getJsonObject("notification").getString("title");
  }

  /// What the other test sent to all counts for Dan, too.
  private static int unreadForAll() {
    return one.client("stranger").ask(command("notification.list")).getInteger("unread_count");
  }

  @CanIgnoreReturnValue
  private static String send(NotificationDraft draft) {
    return Await.result(Parley.on(one.node().vertx()).sendNotification(draft));
  }

  private static String idOf(TestClient client) {
    return client.await("notification.created").getJsonObject("notification").getString("id");
  }

  private static JsonObject command(String type) {
    return new JsonObject().put("type", type);
  }
}
