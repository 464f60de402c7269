package dev.parley.flow;

import static dev.parley.flow.MetricsFlowTest.topics;
import static dev.parley.flow.MetricsFlowTest.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Alert;
import dev.parley.api.Parley;
import dev.parley.api.Stats;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever watches at one node gets what all nodes tell.
@ExtendWith(NeedsRedis.class)
class WatchingAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;

  @BeforeAll
  static void start() {
    cluster = new TestCluster("metrics.interval", "1s");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everyNodeSamplesItselfForASubscriberOfOne() {
    TestClient ann = one.client("ann");
    assertThat(ann.ask(type("metrics.subscribe")).getString("node")).isEqualTo("node0");
    awaitBoth(ann);
    ann.ask(type("metrics.unsubscribe"));
    awaitQuiet(ann);
  }

  @Test
  void everyNodeSamplesItselfForATopicOfOne() {
    TestClient bob = two.client("bob");
    bob.ask(topics("topic.subscribe", "metrics"));
    awaitBoth(bob);
    bob.ask(topics("topic.unsubscribe", "metrics"));
    awaitQuiet(bob);
  }

  @Test
  void whatIsToldAtOneNodeReachesThoseAtTheOther() {
    TestClient ann = one.client("ann");
    TestClient bob = two.client("bob");
    bob.ask(topics("topic.subscribe", "vms"));
    Parley parley = Parley.on(one.node().vertx());
    Await.result(parley.raiseAlert(Alert.error("cooling", "Too hot")));

    assertThat(ann.await("alert.raised").getString("message")).isEqualTo("Too hot");
    assertThat(bob.await("alert.raised").getString("message")).isEqualTo("Too hot");
    Await.until(() -> isTold(parley, bob), "the other node knows what is listened to");
  }

  @Test
  void figuresAreThoseOfBothNodes() {
    TestClient ann = ChatFlowTest.join(one, "ann", "order");
    TestClient bob = ChatFlowTest.join(two, "bob", "order");
    ann.ask(ChatFlowTest.send("order", "hi"));
    bob.await("chat.message");
    bob.ask(ChatFlowTest.send("order", "hello"));

    Await.until(() -> stats(one).all().getJsonArray("nodes").size() == 2, "both answer");
    Await.until(
        () -> stats(two).all().getJsonObject("messages_by_room_type").getLong("other") >= 2,
        "both messages are counted");
    JsonObject all = stats(two).all();
    assertThat(all.getJsonArray("nodes")).containsExactly("node0", "node1");
    assertThat(all.getLong("authenticated_connections")).isGreaterThanOrEqualTo(2);
    assertThat(all.getJsonObject("latencies").getJsonObject("send_message").getLong("count"))
        .isGreaterThanOrEqualTo(2);
  }

  private static boolean isTold(Parley parley, TestClient client) {
    Await.result(parley.publishToTopic("vms", "created", new JsonObject().put("id", 1)));
    return client
        .poll(100)
        .filter(frame -> "topic.event".equals(frame.getString("type")))
        .isPresent();
  }

  private static Stats stats(TestNode node) {
    return Await.result(Parley.on(node.node().vertx()).stats());
  }

  private static void awaitBoth(TestClient client) {
    Set<String> nodes = new HashSet<>();
    while (!nodes.equals(Set.of("node0", "node1"))) {
      nodes.add(client.await("metrics.sample").getString("node"));
    }
  }

  private static void awaitQuiet(TestClient client) {
    List<JsonObject> _ = client.untilPong();
    assertThat(client.poll(1_500)).isEmpty();
  }
}
