package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.BroadcastFilter;
import dev.parley.api.Parley;
import dev.parley.kit.NeedsRedis;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What verticles and administrators ask holds for the connections of all nodes, whichever node was
/// asked.
@ExtendWith(NeedsRedis.class)
class AcrossNodesFlowTest {
  private static final JsonObject PRICE = new JsonObject().put("type", "price").put("eur", 12);

  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;
  private static Parley guest;
  private static List<Parley> faces;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    one = cluster.start();
    two = cluster.start();
    guest = Parley.on(cluster.startGuest());
    faces = List.of(Parley.on(one.node().vertx()), Parley.on(two.node().vertx()), guest);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aMessageReachesARoomsConnectionsOnAllNodesOnce() {
    TestClient ann = join(one, "ann", "auction");
    TestClient bob = join(two, "bob", "auction");
    TestClient carl = join(two, "carl", "auction");
    TestClient dora = join(two, "dora", "elsewhere");
    String except = idOf(carl);
    for (Parley parley : faces) {
      assertThat(Await.result(parley.sendToRoom("auction", PRICE, List.of(except)))).isEqualTo(2);
    }
    for (TestClient member : List.of(ann, bob)) {
      assertThat(prices(member)).isEqualTo(faces.size());
    }
    assertThat(prices(carl)).isZero();
    assertThat(prices(dora)).isZero();
    assertThat(Await.result(guest.keepInRoom("auction", PRICE)).recipients()).isEqualTo(3);
    carl.await("price");
  }

  @Test
  void aMessageReachesAUserAndAConnectionWhereverTheyAre() {
    TestClient here = one.client("eve");
    TestClient there = two.client("eve");
    TestClient other = two.client("fay");
    for (Parley parley : faces) {
      assertThat(Await.result(parley.sendToUser("eve", PRICE))).isTrue();
      assertThat(Await.result(parley.sendToUser("nobody", PRICE))).isFalse();
      assertThat(Await.result(parley.sendToConnection(idOf(other), PRICE))).isTrue();
      assertThat(Await.result(parley.sendToConnection("node9-1", PRICE))).isFalse();
      assertThat(Await.result(parley.sendToConnection("nonsense", PRICE))).isFalse();
    }
    for (TestClient each : List.of(here, there, other)) {
      assertThat(prices(each)).isEqualTo(faces.size());
    }
  }

  @Test
  void aBroadcastReachesWhoFitsOnAllNodes() {
    TestClient editor = one.client("gus", "editor");
    TestClient draft = join(two, "hal", "draft", "editor");
    TestClient reader = two.client("ida", "reader");
    BroadcastFilter editors = BroadcastFilter.EVERYBODY.withRoles("editor");
    for (Parley parley : faces) {
      assertThat(Await.result(parley.broadcast(PRICE, editors))).isEqualTo(2);
      assertThat(Await.result(parley.broadcast(PRICE, editors.inRooms("draft")))).isEqualTo(1);
      assertThat(Await.result(parley.broadcast(PRICE, editors.without("hal")))).isEqualTo(1);
    }
    assertThat(prices(editor)).isEqualTo(2L * faces.size());
    assertThat(prices(draft)).isEqualTo(2L * faces.size());
    assertThat(prices(reader)).isZero();
  }

  @Test
  void administratorsAreToldAndCountedOnAllNodes() {
    TestClient first = one.client("root", "admin");
    TestClient second = two.client("toor", "admin");
    awaitNotices(first, second);
    for (Parley parley : faces) {
      assertThat(Await.result(parley.broadcastToAdmins("attention"))).isEqualTo(2);
    }
    for (TestClient admin : List.of(first, second)) {
      for (int i = 0; i < faces.size(); i++) {
        admin.await(frame -> frame.encode().contains("attention"), "the notice");
      }
    }
    first.close();
    second.close();
  }

  @Test
  void figuresAreThoseOfTheCluster() {
    one.client("jan");
    two.client("jan");
    for (Parley parley : faces) {
      Await.until(
          () ->
              Await.result(parley.stats()).connections()
                  == one.node().connections() + two.node().connections(),
          "connections of both nodes");
    }
  }

  @Test
  void aConnectionIsEndedByAnyNode() {
    for (TestNode asked : List.of(one, two)) {
      TestClient here = one.client("kim");
      TestClient there = two.client("kim");
      assertThat(ask(asked, new Disconnect(new ConnectionId(idOf(here))))).isEqualTo(1);
      assertThat(ask(asked, new Disconnect(new ConnectionId(idOf(there))))).isEqualTo(1);
      assertThat(here.awaitClosed().code()).isEqualTo(4403);
      assertThat(there.awaitClosed().code()).isEqualTo(4403);
      assertThat(ask(asked, new Disconnect(new ConnectionId(idOf(there))))).isZero();
    }
  }

  @Test
  void resumingOnAnotherNodeEndsTheEarlierConnection() {
    TestClient earlier = one.client("lea");
    TestClient foreign = one.client("mia");
    TestClient later = two.client("lea");
    later.ask(resume(idOf(foreign)));
    later.ask(resume(idOf(earlier)));
    assertThat(earlier.awaitClosed().code()).isEqualTo(1000);
    foreign.untilPong();
    assertThat(foreign.isOpen()).isTrue();
  }

  @Test
  void whoIsPutOutOfARoomHearsNothingLaterOfItOnAnotherNode() {
    Parley parley = faces.getFirst();
    Await.result(parley.grant("order_7", "ned"));
    TestClient ned = join(two, "ned", "order_7");
    TestClient admin = join(one, "boss", "order_7", "admin");
    admin.ask(send("order_7", "before"));
    assertThat(ned.await("chat.message").getString("content")).isEqualTo("before");

    Await.result(parley.revoke("order_7", "ned"));
    admin.ask(send("order_7", "after"));
    assertThat(ned.await("error").getString("code")).isEqualTo("PERMISSION_DENIED");
    for (int i = 0; i < 5; i++) {
      admin.ask(send("order_7", "later " + i));
    }
    assertThat(ned.untilPong()).noneMatch(frame -> "chat.message".equals(frame.getString("type")));
    JsonObject again = ned.ask(new JsonObject().put("type", "room.join").put("room", "order_7"));
    assertThat(again.getString("code")).isEqualTo("PERMISSION_DENIED");
    assertThat(Await.result(guest.sendToRoom("order_7", PRICE))).isEqualTo(1);
    admin.close();
  }

  @Test
  void aNodeThatGoesAnswersNoApplicationAnyMore() {
    TestNode going = cluster.start();
    TestClient client = join(going, "ola", "here");
    going.drain();
    assertThat(client.awaitClosed().code()).isEqualTo(1012);
    for (int i = 0; i < 20; i++) {
      assertThat(Await.result(guest.sendToRoom("here", PRICE))).isZero();
    }
    cluster.end(going);
  }

  /// A node that has just begun to listen is told of it some time later. Twice, since the nodes
  /// take turns to answer: one time all may have asked the same.
  private static void awaitNotices(TestClient... admins) {
    for (TestClient admin : admins) {
      Await.until(
          () -> IntStream.range(0, 2).allMatch(_ -> isNoticed(admin)),
          "all nodes know that an administrator listens");
    }
  }

  private static boolean isNoticed(TestClient admin) {
    faces.forEach(parley -> Await.result(parley.broadcastToAdmins("listen")));
    return admin.untilPong().stream().filter(AcrossNodesFlowTest::isListen).count() == faces.size();
  }

  private static boolean isListen(JsonObject frame) {
    return frame.encode().contains("listen");
  }

  private static int ask(TestNode node, ConnectionCommand command) {
    DeliveryOptions options =
        new DeliveryOptions().setLocalOnly(true).setCodecName("parley.Request");
    Message<Outcome> answer =
        Await.result(
            node.node()
                .vertx()
                .eventBus()
                .request(
                    "parley.internal.connections." + nameOf(node),
                    new Request(Caller.SERVER, command),
                    options));
    assertThat(answer.body()).isInstanceOf(Reply.Delivered.class);
    return ((Reply.Delivered) answer.body()).count();
  }

  private static String nameOf(TestNode node) {
    return node == one ? "node0" : "node1";
  }

  private static JsonObject resume(String connection) {
    return new JsonObject()
        .put("type", "session.resume")
        .put("connection", connection)
        .put("rooms", new JsonObject());
  }

  private static String idOf(TestClient client) {
    return client.connectionId();
  }

  private static long prices(TestClient client) {
    return client.untilPong().stream().filter(PRICE::equals).count();
  }
}
