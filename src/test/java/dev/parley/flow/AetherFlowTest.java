package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.NotificationDraft;
import dev.parley.api.Parley;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AetherFlowTest {
  private static final String WELCOME = "initial_state";

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
  void aGuestIsWelcomedAndSeesHowThingsAre() {
    String id = keep(NotificationDraft.toAll("Title", "Message"));
    TestClient guest = node.connect("/ws");
    JsonObject connection = guest.next();
    assertThat(connection.fieldNames()).containsExactly("type", "status", "client_id", "timestamp");
    assertThat(connection.getString("type")).isEqualTo("connection");
    assertThat(connection.getString("status")).isEqualTo("connected");
    assertThat(UUID.fromString(connection.getString("client_id"))).isNotNull();
    JsonObject state = guest.next();
    assertThat(state.getString("type")).isEqualTo("initial_state");
    assertThat(state.getJsonObject("data").getLong("unread_count")).isEqualTo(1);
    JsonObject first = state.getJsonObject("data").getJsonArray("notifications").getJsonObject(0);
    assertThat(Instant.parse((String) first.remove("created_at"))).isNotNull();
    assertThat(first)
        .isEqualTo(
            new JsonObject()
                .put("id", id)
                .put("title", "Title")
                .put("message", "Message")
                .put("level", "info")
                .put("category", "system")
                .put("read", false));
    assertThat(guest.untilPong()).isEmpty();
  }

  @Test
  void productionAsksForAToken() {
    try (TestNode strict =
        TestNode.start("mode", "production", "auth.timeout", "300ms", "log.format", "text")) {
      for (String query : List.of("/ws", "/ws?token=nonsense")) {
        TestClient stranger = strict.connect(query);
        assertThat(stranger.next().getString("code")).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(stranger.awaitClosed()).isEqualTo(new TestClient.Closed(1008, "Unauthorized"));
      }
      TestClient ann = strict.connect("/ws?token=" + strict.token("ann"));
      assertThat(ann.next().getString("type")).isEqualTo("connection");
      assertThat(ann.next().getString("type")).isEqualTo("initial_state");
    }
  }

  @Test
  void topicsAreSubscribedAndUnsubscribed() {
    TestClient ann = open("/ws?token=" + node.token("ann"));
    ann.send(subscribe("subscribe", "jobs", "vms"));
    assertThat(ann.next()).isEqualTo(subscribe("subscribed", "jobs", "notifications", "vms"));
    ann.send(subscribe("subscribe", "metrics", "nonsense").put("request_id", "q"));
    JsonObject error = ann.next();
    assertThat(error.getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(error.getString("field")).isEqualTo("topics");
    assertThat(error.getString("request_id")).isEqualTo("q");
    assertThat(ann.next())
        .isEqualTo(
            subscribe("subscribed", "jobs", "metrics", "notifications", "vms")
                .put("request_id", "q"));
    ann.send(subscribe("unsubscribe", "notifications", "jobs"));
    assertThat(ann.next()).isEqualTo(subscribe("unsubscribed", "metrics", "vms"));
  }

  @Test
  void eventsComeOnceAndToSubscribersOnly() {
    TestClient ann = open("/ws?token=" + node.token("ann"));
    Topic[] jobs = {Topic.of(TopicName.JOBS), Topic.of(TopicName.ALL)};
    publish(job("j-1"), jobs);
    assertThat(untilEnd(ann)).isEmpty();
    ann.send(subscribe("subscribe", "jobs", "all")).await("subscribed");
    publish(job("j-2"), jobs);
    assertThat(jobIn(ann.next())).isEqualTo("j-2");
    publish(published("vms"), Topic.of(TopicName.VMS), Topic.of(TopicName.ALL));
    publish(created("n-1"), Topic.of(new UserId("ann")), Topic.of(TopicName.NOTIFICATIONS));
    assertThat(untilEnd(ann).stream().map(TestClient::typeOf))
        .containsExactly("vm", "notification");
    ann.send(subscribe("unsubscribe", "notifications", "all")).await("unsubscribed");
    publish(created("n-2"), Topic.of(new UserId("ann")), Topic.EVERYONE);
    publish(published("vms"), Topic.of(TopicName.VMS), Topic.of(TopicName.ALL));
    publish(job("j-3"), jobs);
    assertThat(jobIn(ann.next())).isEqualTo("j-3");
    assertThat(untilEnd(ann)).isEmpty();
  }

  private static String jobIn(JsonObject frame) {
    return frame.getJsonObject("data").getString("job_id", "");
  }

  @Test
  void notificationsAreMarkedRead() {
    String one = keep(NotificationDraft.toUser("ann", "One", "Message"));
    String two = keep(NotificationDraft.toAll("Two", "Message"));
    TestClient ann = open("/ws?token=" + node.token("ann"));
    ann.send(new JsonObject().put("type", "mark_read").put("notification_id", one));
    assertThat(ann.next().getJsonObject("data"))
        .isEqualTo(new JsonObject().put("id", one).put("read", true));
    ann.send(new JsonObject().put("type", "mark_read").put("all", true));
    assertThat(ann.next().getJsonObject("data"))
        .isEqualTo(new JsonObject().put("all", true).put("read", true));
    JsonObject state = node.connect("/ws?token=" + node.token("ann")).await("initial_state");
    assertThat(state.getJsonObject("data").getLong("unread_count")).isZero();
    assertThat(state.getJsonObject("data").getJsonArray("notifications").stream())
        .extracting(each -> ((JsonObject) each).getString("id"))
        .containsExactly(two, one);
  }

  @Test
  void applicationsReachAConnectionByItsClientId() {
    TestClient ann = node.connect("/ws?token=" + node.token("ann"));
    String id = ann.next().getString("client_id");
    ann.await(WELCOME);
    JsonObject price = new JsonObject().put("type", "price").put("eur", 1);
    Parley parley = Parley.on(node.node().vertx());
    assertThat(Await.result(parley.sendToConnection(id, price))).isTrue();
    assertThat(ann.next()).isEqualTo(price);
    assertThat(Await.result(parley.sendToConnection(UUID.randomUUID().toString(), price)))
        .isFalse();
  }

  @Test
  void ofRoomsAndPresenceItHearsNothing() {
    TestClient root = open("/ws?token=" + node.token("root", "admin"));
    root.send(subscribe("subscribe", "all")).await("subscribed");
    TestClient bob = ChatFlowTest.join(node, "bob", "r");
    bob.ask(ChatFlowTest.send("r", "hello"));
    assertThat(root.untilPong()).isEmpty();
  }

  @Test
  void eventsOfAWindowAreOneFrame() {
    TestClient ann = open("/ws?batch=150&token=" + node.token("ann"));
    for (int i = 0; i < 3; i++) {
      publish(created("n-" + i), Topic.of(new UserId("ann")));
    }
    assertThat(ann.untilPong()).as("the answer does not wait").isEmpty();
    JsonObject batch = ann.next();
    assertThat(batch.getString("type")).isEqualTo("batch");
    assertThat(batch.getJsonArray("events").stream().map(AetherFlowTest::idOf))
        .containsExactly("n-0", "n-1", "n-2");
    publish(created("n-3"), Topic.of(new UserId("ann")));
    assertThat(ann.next().getJsonArray("events").stream().map(AetherFlowTest::idOf))
        .as("one alone, too")
        .containsExactly("n-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-5", "1.5", "99999999999999999999"})
  void aWindowThatIsNoneIsSaidAndEventsComeSingly(String window) {
    TestClient ann = open("/ws?batch=" + window + "&token=" + node.token("ann"));
    JsonObject error = ann.next();
    assertThat(error.getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(error.getString("field")).isEqualTo("batch");
    publish(created("n-1"), Topic.of(new UserId("ann")));
    assertThat(ann.next().getString("type")).isEqualTo("notification");
  }

  /// What came before a message that nobody can miss.
  private List<JsonObject> untilEnd(TestClient client) {
    publish(new CustomMessage(new JsonObject().put("type", "end")), Topic.EVERYONE);
    List<JsonObject> came = new ArrayList<>();
    JsonObject next = client.next();
    while (!TestClient.typeOf(next).equals("end")) {
      came.add(next);
      next = client.next();
    }
    return came;
  }

  /// The id of what is kept now.
  private String keep(NotificationDraft draft) {
    return Await.result(Parley.on(node.node().vertx()).sendNotification(draft));
  }

  private TestClient open(String query) {
    TestClient client = node.connect(query);
    client.await(WELCOME);
    return client;
  }

  private void publish(Event event, Topic... topics) {
    node.publish(Envelope.ephemeral(event, List.of(topics)));
  }

  private static JsonObject subscribe(String type, String... topics) {
    return new JsonObject().put("type", type).put("topics", new JsonArray(List.of(topics)));
  }

  private static Object idOf(Object frame) {
    return ((JsonObject) frame).getJsonObject("data").getString("id");
  }

  private static TopicPublished published(String topic) {
    return new TopicPublished(
        new TopicName(topic), "state_changed", new JsonValue(new JsonObject()), Instant.now());
  }

  private static JobUpdated job(String id) {
    Job job =
        new Job(
            new JobId(id),
            JobStatus.RUNNING,
            50,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            JsonValue.NULL,
            Instant.now(),
            Instant.now());
    return new JobUpdated(job, Change.UPDATED);
  }

  private static NotificationCreated created(String id) {
    return new NotificationCreated(notification(id));
  }

  private static Notification notification(String id) {
    return new Notification(
        id,
        new Addressee.ToAll(),
        "Title",
        "Message",
        "system",
        Optional.empty(),
        Priority.NORMAL,
        Level.INFO,
        new JsonObject(),
        Instant.parse("2025-01-31T09:08:07.060Z"));
  }
}
