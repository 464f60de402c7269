package dev.parley.flow;

import static dev.parley.flow.MetricsFlowTest.topics;
import static dev.parley.flow.MetricsFlowTest.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Alert;
import dev.parley.api.Parley;
import dev.parley.api.Update;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an application tells of its business reaches those whom it concerns, in their words.
class OperationsFlowTest {
  private static final JsonObject DATA = new JsonObject().put("eur", 5);

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
  void anAlertReachesEverybodyInTheirWords() {
    TestClient ann = node.client("ann");
    TestClient bob = connect("bob");
    TestClient carl = node.connect("/ws?user_id=carl&token=" + node.token("carl"));
    carl.untilPong();

    Await.result(
        parley.raiseAlert(
            Alert.critical("disk_space", "Disk usage above 90%")
                .with(new JsonObject().put("usage", 92.5))));

    JsonObject natively = ann.await("alert.raised");
    assertThat(natively.getString("severity")).isEqualTo("critical");
    JsonObject inConnect = bob.await("system_alert");
    assertThat(inConnect.getString("alert_type")).isEqualTo("disk_space");
    assertThat(inConnect.getJsonObject("details")).isEqualTo(new JsonObject("{\"usage\":92.5}"));
    assertThat(inConnect.getString("timestamp")).isEqualTo(natively.getString("timestamp"));
    assertThat(carl.await("system.message").getString("message")).isEqualTo("Disk usage above 90%");
  }

  @Test
  void whatIsMerelyWorthKnowingIsForAdministrators() {
    TestClient ann = connect("ann");
    TestClient root = connect("root", "admin");

    Await.result(parley.raiseAlert(Alert.info("backup", "Backup done")));

    assertThat(root.await("system_alert").getString("message")).isEqualTo("Backup done");
    assertThat(ann.untilPong()).noneMatch(frame -> is(frame, "system_alert"));
  }

  @Test
  void aUserWatchesOwnDocumentsAndAnAdministratorAll() throws Exception {
    BlockingQueue<JsonObject> hooked = new LinkedBlockingQueue<>();
    node.node()
        .vertx()
        .eventBus()
        .<JsonObject>consumer("parley.events.documents", event -> hooked.add(event.body()));
    TestClient ann = connect("ann");
    ann.send(type("subscribe_document_updates")).untilPong();
    TestClient root = connect("root", "admin");
    root.send(type("subscribe_document_updates").put("all", true)).untilPong();
    TestClient bob = connect("bob");
    bob.send(type("subscribe_document_updates")).untilPong();

    Await.result(parley.documentStarted("ann", "doc456", "report.pdf"));
    Await.result(parley.documentFailed("ann", "doc456", "report.pdf", "no text"));

    for (TestClient each : List.of(ann, root)) {
      assertThat(each.await("document_processing_start").getString("document_id"))
          .isEqualTo("doc456");
      JsonObject complete = each.await("document_processing_complete");
      assertThat(complete.getBoolean("success")).isFalse();
      assertThat(complete.getString("error")).isEqualTo("no text");
    }
    assertThat(bob.untilPong()).isEmpty();
    assertThat(hooked.poll(5, TimeUnit.SECONDS).getString("type")).isEqualTo("processing.started");
    assertThat(hooked.poll(5, TimeUnit.SECONDS).getString("type"))
        .isEqualTo("processing.completed");

    ann.send(type("unsubscribe_document_updates")).untilPong();
    Await.result(parley.documentCompleted("ann", "doc457", "b.pdf", DATA));
    assertThat(root.await("document_processing_complete").getBoolean("success")).isTrue();
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void usersOfAnyIdWatchTheirDocuments() {
    TestClient ann = connect("auth0|ann");
    ann.send(type("subscribe_document_updates")).untilPong();
    Await.result(parley.documentStarted("auth0|ann", "doc1", "a.pdf"));
    assertThat(ann.await("document_processing_start").getString("user_id")).isEqualTo("auth0|ann");

    TestClient bob = node.client("bob");
    String room = RoomName.ofDocuments(new UserId("auth0|ann")).value();
    assertThat(bob.ask(type("room.join").put("room", room)).getString("code"))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void allDocumentsAreForAdministratorsAlone() {
    TestClient ann = connect("ann");
    ann.send(type("subscribe_document_updates").put("all", true));
    assertThat(ann.await("error").getString("code")).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void whoMayEnterTheOrdersRoomHearsOfIt() {
    Await.result(parley.grant("order_123", "ann"));
    TestClient ann = connect("ann");
    ann.send(type("subscribe_order_updates").put("order_id", 123)).untilPong();
    TestClient bob = connect("bob");
    bob.send(type("subscribe_order_updates").put("order_id", 123));
    assertThat(bob.await("error").getString("code")).isEqualTo("PERMISSION_DENIED");
    TestClient carl = connect("carl");

    Await.result(
        parley.publishUpdate(Update.order(123).withStatus("paid").with(DATA).forUsers("carl")));

    for (TestClient each : List.of(ann, carl)) {
      JsonObject update = each.await("order_status_update");
      assertThat(update.getValue("order_id")).isEqualTo(123);
      assertThat(update.getString("status")).isEqualTo("paid");
      assertThat(update.getJsonObject("data")).isEqualTo(DATA);
    }
    assertThat(bob.untilPong()).noneMatch(frame -> is(frame, "order_status_update"));

    ann.send(type("unsubscribe_order_updates").put("order_id", 123)).untilPong();
    Await.result(parley.publishUpdate(Update.order(123)));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void whoWatchesAnOrderIsNoMemberOfItsRoom() {
    Await.result(parley.grant("order_7", "ann"));
    Await.result(parley.grant("order_7", "bob"));
    TestClient bob = ChatFlowTest.join(node, "bob", "order_7");
    TestClient ann = connect("ann");
    ann.send(type("subscribe_order_updates").put("order_id", "7")).untilPong();
    assertThat(bob.untilPong()).noneMatch(frame -> is(frame, "room.joined"));
    assertThat(bob.ask(type("room.members").put("room", "order_7")).getInteger("total"))
        .isEqualTo(1);
  }

  @Test
  void quotesPaymentsAndDeadlinesLikewise() {
    Await.result(parley.grant("quote_5", "ann"));
    TestClient ann = connect("ann");
    ann.send(type("subscribe_quote_updates").put("quote_id", 5)).untilPong();

    Await.result(parley.publishUpdate(Update.quote(5).withStatus("sent")));
    Await.result(parley.publishUpdate(Update.payment("p-1").forUsers("ann", "bob")));
    Await.result(parley.publishUpdate(Update.deadline(9).forUsers("ann")));

    assertThat(ann.await("quote_update").getValue("quote_id")).isEqualTo(5);
    assertThat(ann.await("payment_alert").getString("payment_id")).isEqualTo("p-1");
    assertThat(ann.await("deadline_reminder").getValue("deadline_id")).isEqualTo(9);
  }

  @Test
  void aTopicIsForItsSubscribersAndThoseOfAll() {
    TestClient ann = node.client("ann");
    ann.ask(topics("topic.subscribe", "vms", "all"));
    TestClient bob = node.client("bob");
    bob.ask(topics("topic.subscribe", "all"));
    TestClient carl = node.client("carl");
    carl.ask(topics("topic.subscribe", "inventory"));

    Await.result(parley.publishToTopic("vms", "state_changed", DATA));
    Await.result(parley.publishToTopic("inventory", "created", DATA));

    assertThat(ann.await("topic.event").getString("topic")).isEqualTo("vms");
    assertThat(ann.await("topic.event").getString("topic"))
        .as("the first came once")
        .isEqualTo("inventory");
    assertThat(bob.await("topic.event").getString("action")).isEqualTo("state_changed");
    JsonObject told = carl.await("topic.event");
    assertThat(told.getString("topic")).isEqualTo("inventory");
    assertThat(told.getJsonObject("data")).isEqualTo(DATA);
    carl.ask(topics("topic.unsubscribe", "inventory"));
    Await.result(parley.publishToTopic("inventory", "deleted", DATA));
    assertThat(carl.untilPong()).isEmpty();
  }

  private static TestClient connect(String user, String... roles) {
    TestClient client = node.connect("/ws/connect?token=" + node.token(user, roles));
    client.await("connection_established");
    client.untilPong();
    return client;
  }

  private static boolean is(JsonObject frame, String type) {
    return type.equals(TestClient.typeOf(frame));
  }
}
