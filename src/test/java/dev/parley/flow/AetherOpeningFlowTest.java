package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.BreakableStore;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Store;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection whose initial state comes late, or not at all.
class AetherOpeningFlowTest {
  private final CompletableFuture<BreakableStore> store = new CompletableFuture<>();
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.startOn(this::breakable, TestNode.newDirectory());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void withoutTheStoreTheConnectionStays() {
    store.join().setBroken(true);
    TestClient guest = node.connect("/ws");
    assertThat(guest.next().getString("type")).isEqualTo("connection");
    JsonObject error = guest.next();
    assertThat(error.getString("type")).isEqualTo("error");
    assertThat(error.getString("code")).isEqualTo("UNAVAILABLE");
    assertThat(guest.untilPong()).isEmpty();
    publish("n-1", Topic.EVERYONE);
    assertThat(guest.await("notification").getString("action")).isEqualTo("created");
  }

  @Test
  void whatHappensDuringTheOpeningFollowsIt() {
    Promise<Void> late = Promise.promise();
    store.join().holdHeads(late.future());
    TestClient ann = node.connect("/ws?token=" + node.token("ann"));
    assertThat(ann.next().getString("type")).isEqualTo("connection");
    Await.until(() -> store.join().headsHeld() > 0, "the opening is under way");
    ann.send(new JsonObject().put("type", "ping").put("id", 1));
    publish("n-1", Topic.of(new UserId("ann")));
    publish("n-2", Topic.EVERYONE);
    late.complete();
    assertThat(Stream.generate(ann::next).limit(4).map(TestClient::typeOf))
        .containsExactly("initial_state", "notification", "notification", "pong");
  }

  private Store breakable(Store opened) {
    var around = new BreakableStore(opened);
    store.complete(around);
    return around;
  }

  private void publish(String id, Topic topic) {
    Notification notification =
        new Notification(
            id,
            new Addressee.ToAll(),
            "Title",
            "Message",
            "system",
            Optional.empty(),
            Priority.NORMAL,
            Level.INFO,
            new JsonObject(),
            Instant.now());
    node.publish(Envelope.ephemeral(new NotificationCreated(notification), List.of(topic)));
  }
}
