package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What waits for a user waits at every node.
@ExtendWith(NeedsRedis.class)
class QueueAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;
  private static List<Parley> faces;

  @BeforeAll
  static void start() {
    cluster = new TestCluster("queue.lease", "2s", "queue.confirm_interval", "100ms");
    one = cluster.start();
    two = cluster.start();
    faces = List.of(Parley.on(one.node().vertx()), Parley.on(two.node().vertx()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whoLeavesOneNodeIsFedByAnother() {
    TestClient ann = nexus(one, "ann");
    join(ann, "lounge");
    TestClient bob = nexus(one, "bob");
    join(bob, "lounge");
    bob.close();
    bob.awaitClosed();
    post(ann, "lounge", "one");
    for (Parley face : faces) {
      assertThat(Await.result(face.sendOrQueue("bob", direct(1)))).isFalse();
    }
    post(ann, "lounge", "two");
    TestClient back = nexus(two, "bob");
    assertThat(back.await("chat.message").getString("content")).isEqualTo("one");
    assertThat(back.await("direct").getBoolean("queued")).isTrue();
    back.await("direct");
    assertThat(back.await("chat.message").getString("content")).isEqualTo("two");
  }

  @Test
  void aDirectMessageReachesAConnectionAtAnyNodeOnceAndInOrder() {
    TestClient here = nexus(one, "carl");
    TestClient there = nexus(two, "carl");
    await(here, there);
    for (int n = 2; n < 42; n++) {
      assertThat(Await.result(faces.get(n % 2).sendOrQueue("carl", direct(n)))).isTrue();
    }
    for (TestClient client : List.of(here, there)) {
      List<Integer> got = new ArrayList<>();
      while (got.size() < 40) {
        int n = client.await("direct").getInteger("n");
        if (n > 1) {
          got.add(n);
        }
      }
      assertThat(got).containsExactlyElementsOf(IntStream.range(2, 42).boxed().toList());
    }
    here.awaitAsked();
    there.close();
    here.close();
    here.awaitClosed();
    TestClient again = nexus(one, "carl");
    Boolean _ = Await.result(faces.getFirst().sendOrQueue("carl", direct(99)));
    assertThat(again.await("direct").getInteger("n")).isEqualTo(99);
  }

  /// Both hear what is sent at once: a connection that another one is fed beside hears what is
  /// stored from when its inbox is open, which the client is not told.
  private static void await(TestClient... clients) {
    for (TestClient client : clients) {
      Await.until(() -> isReached(client), "its inbox is open");
    }
  }

  private static boolean isReached(TestClient client) {
    Boolean _ = Await.result(faces.getFirst().sendOrQueue("carl", direct(1)));
    return client.poll(200).filter(frame -> "direct".equals(frame.getString("type"))).isPresent();
  }

  private static JsonObject direct(int n) {
    return new JsonObject().put("type", "direct").put("n", n);
  }

  private static TestClient nexus(TestNode node, String user) {
    TestClient client = node.connect("/ws?user_id=" + user + "&token=" + node.token(user));
    client.await("system.message");
    return client;
  }

  private static void join(TestClient client, String room) {
    client.send(new JsonObject().put("event_type", "room.join").put("room_id", room));
    client.await("room.state");
  }

  private static void post(TestClient client, String room, String content) {
    client.send(
        new JsonObject()
            .put("event_type", "chat.message")
            .put("conversation_id", room)
            .put("content", content));
    client.await(frame -> content.equals(frame.getString("content")), "the message " + content);
  }
}
