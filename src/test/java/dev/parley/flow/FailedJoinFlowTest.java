package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.BreakableStore;
import dev.parley.store.Store;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Joins that fail on the way leave nobody behind in the room.
class FailedJoinFlowTest {
  private static final JsonObject ALLOW = new JsonObject().put("allow", true);

  @Test
  void whoWasToldThatTheJoinFailedIsNotCountedLater() {
    try (TestNode node =
        TestNode.start("bus.request_timeout", "300ms", "rooms.authorize_cache", "0s")) {
      TestClient ann = node.client("ann");
      var second = new CompletableFuture<Message<JsonObject>>();
      answerTheFirstAndKeepTheSecond(node, second);

      JsonObject answer = ann.ask(join("hall"));
      assertThat(answer.getString("code")).isEqualTo("UNAVAILABLE");
      second.join().reply(ALLOW);

      assertThat(ann.untilPong()).isEmpty();
      JsonObject joined = node.client("bob").ask(join("hall"));
      assertThat(joined.getInteger("count")).as("%s", joined).isEqualTo(1);
    }
  }

  @Test
  void whoWentWhileTheirPlaceWasMadeIsNotCounted() {
    var store = new CompletableFuture<BreakableStore>();
    try (TestNode node =
        TestNode.startOn(opened -> breakable(opened, store), TestNode.newDirectory())) {
      TestClient ann = node.client("ann");
      Promise<Void> head = Promise.promise();
      store.join().holdHeads(head.future());
      ann.send(join("system_monitoring"));
      ann.abort();
      Await.until(() -> node.node().connections() == 0, "ann is gone");
      head.complete();

      JsonObject joined = node.client("bob").ask(join("system_monitoring"));
      assertThat(joined.getInteger("count")).as("%s", joined).isEqualTo(1);
    }
  }

  private static Store breakable(Store opened, CompletableFuture<BreakableStore> made) {
    var store = new BreakableStore(opened);
    made.complete(store);
    return store;
  }

  private static void answerTheFirstAndKeepTheSecond(
      TestNode node, CompletableFuture<Message<JsonObject>> second) {
    AtomicReference<Message<JsonObject>> first = new AtomicReference<>();
    node.node()
        .vertx()
        .eventBus()
        .<JsonObject>consumer("parley.authorize")
        .handler(
            question -> {
              if (first.compareAndSet(null, question) || second.isDone()) {
                question.reply(ALLOW);
              } else {
                second.complete(question);
              }
            });
  }

  private static JsonObject join(String room) {
    return new JsonObject().put("type", "room.join").put("room", room);
  }
}
