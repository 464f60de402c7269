package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Await;
import dev.parley.Node;
import dev.parley.StartRefusedException;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.config.Config;
import dev.parley.kit.NeedsRedis;
import dev.parley.kit.Ports;
import dev.parley.kit.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Several nodes as one server, all in this process, over one Redis.
@ExtendWith(NeedsRedis.class)
class ClusterFlowTest {
  private final List<Integer> ports = Ports.free(3);
  private final List<TestNode> nodes = new ArrayList<>();
  private RedisServer redis;

  @BeforeEach
  void startRedis() {
    redis = RedisServer.start();
  }

  @AfterEach
  void stop() {
    nodes.reversed().forEach(TestNode::close);
    redis.close();
  }

  @Test
  void membersOnDifferentNodesChatInOneOrder() {
    TestNode one = start();
    TestNode two = start();
    awaitEachOther();
    TestClient ann = join(one, "ann", "lobby");
    TestClient bob = join(two, "bob", "lobby");
    TestClient first = join(one, "first", "lobby");
    TestClient second = join(two, "second", "lobby");
    for (int i = 1; i <= 100; i++) {
      TestClient writer = i % 2 == 0 ? ann : bob;
      assertThat(writer.ask(send("lobby", "message " + i)).getLong("seq")).isEqualTo(i);
    }
    for (TestClient reader : List.of(first, second)) {
      for (int i = 1; i <= 100; i++) {
        JsonObject message = reader.await("chat.message");
        assertThat(message.getLong("seq")).isEqualTo(i);
        assertThat(message.getString("content")).isEqualTo("message " + i);
      }
    }
  }

  @Test
  void cursorsCrossToTheNodesThatListen() {
    TestNode one = start();
    TestNode two = start();
    awaitEachOther();
    TestClient ann = join(one, "ann", "board");
    TestClient bob = join(two, "bob", "board");
    TestClient cleo = join(two, "cleo", "elsewhere");
    awaitCrossing(ann, bob);
    for (int i = 1; i <= 50; i++) {
      ann.send(cursor(i));
      int x = i;
      JsonObject moved = bob.await(frame -> isCursor(frame, x), "cursor " + i);
      assertThat(moved.getString("user_id")).isEqualTo("ann");
    }
    assertThat(cleo.untilPong()).noneMatch(frame -> "cursor.moved".equals(frame.getString("type")));
  }

  @Test
  void whoResumesOnAnotherNodeMissesNothing() {
    TestNode one = start();
    TestNode two = start();
    awaitEachOther();
    TestClient ann = join(one, "ann", "lobby");
    TestClient bob = join(two, "bob", "lobby");
    JsonObject first = ann.ask(send("lobby", "1"));
    bob.await("chat.message");
    two.close();
    nodes.remove(two);
    bob.awaitClosed();
    for (int i = 2; i <= 20; i++) {
      assertThat(ann.ask(send("lobby", Integer.toString(i))).getLong("seq")).isEqualTo(i);
    }
    TestClient again = one.client("bob");
    JsonObject ok =
        again.ask(
            new JsonObject()
                .put("type", "room.join")
                .put("room", "lobby")
                .put("since", first.getLong("seq"))
                .put("epoch", first.getString("epoch")));
    assertThat(ok.getBoolean("recovered")).isTrue();
    for (int i = 2; i <= 20; i++) {
      assertThat(again.await("chat.message").getLong("seq")).isEqualTo(i);
    }
  }

  @Test
  void anApplicationThatComesLateHearsOfWhatHappensThen() {
    TestNode one = start();
    TestNode two = start();
    awaitEachOther();
    TestClient ann = join(one, "ann", "lobby");
    ann.ask(send("lobby", "1"));
    Queue<String> here = consumed(one);
    ann.ask(send("lobby", "2"));
    Await.until(() -> here.contains("2"), "an application of the same node heard of the next");
    Queue<String> there = consumed(two);
    AtomicInteger number = new AtomicInteger(2);
    Await.until(
        () -> {
          ann.ask(send("lobby", Integer.toString(number.incrementAndGet())));
          return !there.isEmpty();
        },
        "one of the other node heard of a later one");
    assertThat(here).doesNotContain("1");
    assertThat(there).doesNotContain("1", "2");
  }

  /// The contents of messages that an application on that node hears of.
  private static Queue<String> consumed(TestNode node) {
    Queue<String> contents = new ConcurrentLinkedQueue<>();
    Await.result(
        node.node()
            .vertx()
            .eventBus()
            .<JsonObject>consumer(
                "parley.events.chat",
                message -> {
                  String content = message.body().getString("content");
                  if (content != null) {
                    contents.add(content);
                  }
                })
            .completion());
    return contents;
  }

  @Test
  void aClusterWithoutASharedStoreIsRefused() {
    Config config =
        Config.of("cluster.enabled", "true", "cluster.secret", "a secret that all of them share");
    assertThatThrownBy(() -> Await.result(Node.start(config)))
        .hasRootCauseInstanceOf(StartRefusedException.class)
        .hasMessageContaining("store.redis.url");
  }

  /// One node more; the second and third find the first.
  private TestNode start() {
    int place = nodes.size();
    TestNode node =
        TestNode.start(
            "node.id",
            "node" + place,
            "store.redis.url",
            redis.url(),
            "cluster.enabled",
            "true",
            "cluster.secret",
            "a secret that all of them share",
            "cluster.port",
            ports.get(place).toString(),
            "cluster.members",
            "127.0.0.1:" + ports.getFirst());
    nodes.add(node);
    return node;
  }

  private void awaitEachOther() {
    for (TestNode node : nodes) {
      Await.until(
          () -> node.node().others().size() == nodes.size() - 1, "all nodes know each other");
    }
  }

  /// A node that has just begun to listen is told of it some time later.
  private static void awaitCrossing(TestClient from, TestClient to) {
    Await.until(
        () -> {
          from.send(cursor(0));
          return to.poll(20).filter(frame -> isCursor(frame, 0)).isPresent();
        },
        "the other node listens");
  }

  private static JsonObject cursor(int x) {
    return new JsonObject().put("type", "cursor.move").put("room", "board").put("x", x).put("y", 1);
  }

  private static boolean isCursor(JsonObject frame, int x) {
    return "cursor.moved".equals(frame.getString("type")) && frame.getInteger("x") == x;
  }
}
