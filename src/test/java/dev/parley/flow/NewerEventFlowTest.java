package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Store;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// During an upgrade a newer node writes into a room's log what this one does not know.
class NewerEventFlowTest {
  private static final StreamId LOBBY = StreamId.of(new RoomName("lobby"));

  @Test
  void aRoomGoesOnBehindWhatIsNotKnown() {
    AtomicReference<Store> shared = new AtomicReference<>();
    try (TestNode node =
        TestNode.startOn(
            store -> {
              shared.set(store);
              return store;
            },
            TestNode.newDirectory(),
            "feed.poll_interval",
            "50ms")) {
      TestClient ann = join(node, "ann", "lobby");
      JsonObject first = ann.ask(send("lobby", "before"));
      append(Objects.requireNonNull(shared.get()), "{\"type\":\"of tomorrow\",\"room\":\"lobby\"}");
      assertThat(ann.ask(send("lobby", "after")).getLong("seq")).isEqualTo(3);
      TestClient bob = join(node, "bob", "lobby");
      ann.ask(send("lobby", "last"));
      bob.await(frame -> "last".equals(frame.getString("content")), "what came last");

      TestClient again = node.client("cleo");
      JsonObject ok =
          again.ask(
              new JsonObject()
                  .put("type", "room.join")
                  .put("room", "lobby")
                  .put("since", first.getLong("seq"))
                  .put("epoch", first.getString("epoch")));
      assertThat(ok.getBoolean("recovered")).isTrue();
      assertThat(again.await("chat.message").getString("content")).isEqualTo("after");
      assertThat(again.await("chat.message").getString("content")).isEqualTo("last");
    }
  }

  /// More of them than are read at a time.
  @Test
  void anInboxGoesOnBehindWhatIsNotKnown() {
    AtomicReference<Store> shared = new AtomicReference<>();
    try (TestNode node =
        TestNode.startOn(
            store -> {
              shared.set(store);
              return store;
            },
            TestNode.newDirectory(),
            "feed.poll_interval",
            "50ms")) {
      TestClient ann = node.client("ann");
      Store store = Objects.requireNonNull(shared.get());
      StreamId inbox = StreamId.of(new UserId("ann"));
      for (int i = 0; i < 100; i++) {
        append(store, inbox, "{\"type\":\"of tomorrow\"}");
      }
      JsonObject message = new JsonObject().put("type", "direct");
      Boolean _ = Await.result(Parley.on(node.node().vertx()).sendOrQueue("ann", message));

      assertThat(ann.await("direct")).isNotNull();
    }
  }

  private static void append(Store store, String event) {
    append(store, LOBBY, event);
  }

  private static void append(Store store, StreamId stream, String event) {
    Append append = Append.of(stream, new NewEvent(event.getBytes(UTF_8), false));
    assertThat(Await.result(store.log().append(append))).isNotNull();
  }
}
