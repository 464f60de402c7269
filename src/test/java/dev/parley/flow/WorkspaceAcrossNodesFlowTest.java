package dev.parley.flow;

import static dev.parley.flow.WorkspaceFlowTest.awaitUsers;
import static dev.parley.flow.WorkspaceFlowTest.connect;
import static dev.parley.flow.WorkspaceFlowTest.cursor;
import static dev.parley.flow.WorkspaceFlowTest.isState;
import static dev.parley.flow.WorkspaceFlowTest.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRedis.class)
class WorkspaceAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void membersOfAllNodesAreShownOnEachOnce() {
    TestClient ann = connect(one, "ann");
    ann.send(join("grid")).await("room_state");
    TestClient bob = connect(two, "bob");
    bob.send(join("grid"));
    awaitUsers(bob, "ann", "bob");
    awaitUsers(ann, "ann", "bob");
    assertThat(ann.untilPong()).noneMatch(frame -> isState(frame));

    bob.send(cursor().put("room", "grid").put("cell", "B2"));
    assertThat(ann.await("cursor_moved").getString("user_id")).isEqualTo("bob");
    JsonObject state = connect(one, "carl").send(join("grid")).next();
    assertThat(state.getJsonArray("users").getJsonObject(1).getJsonObject("cursor"))
        .isEqualTo(new JsonObject().put("x", 150).put("y", 300).put("cell", "B2"));
    awaitUsers(bob, "ann", "bob", "carl");

    bob.close();
    awaitUsers(ann, "ann", "carl");
  }

  @Test
  void aConnectionIsFoundByItsNameFromEveryNode() {
    TestClient dora = connect(one, "dora");
    assertThat(dora.untilPong()).isEmpty();
    JsonObject price = new JsonObject().put("type", "price");
    for (TestNode node : List.of(one, two)) {
      Parley parley = Parley.on(node.node().vertx());
      assertThat(Await.result(parley.sendToConnection(dora.connectionId(), price))).isTrue();
      assertThat(dora.next()).isEqualTo(price);
    }
  }
}
