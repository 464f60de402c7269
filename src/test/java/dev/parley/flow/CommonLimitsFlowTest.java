package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Limits hold for all nodes together.
@ExtendWith(NeedsRedis.class)
class CommonLimitsFlowTest {
  private static final int MESSAGES = 60;

  /// A sixteenth: what one node admits unheard of.
  private static final int CREDIT = 3;

  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;

  @BeforeAll
  static void start() {
    cluster =
        new TestCluster(
            "dialects.nexus.messages",
            Integer.toString(MESSAGES),
            "dialects.nexus.connections_per_user",
            "3",
            "limits.connections_per_ip",
            "2",
            "limits.probe",
            "300ms",
            "http.trusted_proxies",
            "127.0.0.1/32");
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void placesOfAUserAreCountedOverAllNodesAndFreeWhenANodeIsGone() {
    TestNode third = cluster.start();
    List<TestClient> here = List.of(nexus(one, "ann"), nexus(third, "ann"), nexus(third, "ann"));
    awaitRefusal(two, "ann");
    awaitRefusal(one, "ann");
    cluster.end(third);
    for (int i = 0; i < 2; i++) {
      assertThat(tryNexus(two, "ann")).isPresent();
    }
    awaitRefusal(one, "ann");
    here.forEach(TestClient::close);
    Await.until(() -> tryNexus(one, "ann").isPresent(), "a place is free again");
  }

  @Test
  void whoIsSilentOnAnotherNodeLosesThePlace() {
    TestClient dead = nexus(one, "bob");
    TestClient alive = nexus(one, "bob");
    TestClient other = nexus(two, "bob");
    awaitRefusal(two, "bob");
    dead.stall();
    Await.until(() -> tryNexus(two, "bob").isPresent(), "the place of a silent one is free");
    assertThat(alive.isOpen()).isTrue();
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void placesOfAnAddressAreCountedOverAllNodes() {
    String address = "192.0.2.44";
    assertThat(tryFrom(one, address)).isTrue();
    assertThat(tryFrom(two, address)).isTrue();
    Await.until(() -> !tryFrom(one, address), "the address is full");
    assertThat(tryFrom(two, "192.0.2.45")).isTrue();
  }

  @Test
  void aUserOfOneNodeHasExactlyTheLimit() {
    TestClient ann = nexus(one, "cleo");
    assertThat(admitted(ann, 2 * MESSAGES)).isEqualTo(MESSAGES);
  }

  @Test
  void aBurstOnOneNodeIsNotHeldUpByLeases() {
    TestClient fay = nexus(one, "fay");
    for (int i = 0; i < MESSAGES; i++) {
      fay.send(message(i));
    }
    assertThat(fay.untilPong()).noneMatch(CommonLimitsFlowTest::isRefusal);
    fay.send(message(MESSAGES));
    assertThat(fay.untilPong()).anyMatch(CommonLimitsFlowTest::isRefusal);
  }

  @Test
  void aUserOfTwoNodesHasTheLimitOnce() {
    TestClient here = nexus(one, "dan");
    TestClient there = nexus(two, "dan");
    int sum = 0;
    for (int i = 0; i < MESSAGES; i++) {
      sum += admitted(here, 1) + admitted(there, 1);
    }
    assertThat(sum).isBetween(MESSAGES - 2 * CREDIT, 3 * MESSAGES / 2);
  }

  @Test
  void aUserWhoGoesToAnotherNodeTakesTheWindowAlong() {
    TestClient here = nexus(one, "eve");
    assertThat(admitted(here, MESSAGES)).isEqualTo(MESSAGES);
    here.close();
    assertThat(admitted(nexus(two, "eve"), MESSAGES)).isLessThan(MESSAGES / 2);
  }

  /// One after the other, as many clients do: each waits for its answer.
  private static int admitted(TestClient client, int messages) {
    int admitted = 0;
    for (int i = 0; i < messages; i++) {
      client.send(message(i));
      admitted += client.untilPong().stream().anyMatch(CommonLimitsFlowTest::isRefusal) ? 0 : 1;
    }
    return admitted;
  }

  private static JsonObject message(int number) {
    return new JsonObject().put("event_type", "presence.busy").put("request_id", "r" + number);
  }

  private static boolean isRefusal(JsonObject frame) {
    return frame.encode().contains("RATE_LIMIT_EXCEEDED");
  }

  private static TestClient nexus(TestNode node, String user) {
    return tryNexus(node, user).orElseThrow();
  }

  private static Optional<TestClient> tryNexus(TestNode node, String user) {
    TestClient client = node.connect("/ws?user_id=" + user + "&token=" + node.token(user));
    return isLetIn(client) ? Optional.of(client) : Optional.empty();
  }

  private static void awaitRefusal(TestNode node, String user) {
    List<TestClient> extra = new ArrayList<>();
    Await.until(
        () -> {
          Optional<TestClient> client = tryNexus(node, user);
          client.ifPresent(extra::add);
          return client.isEmpty();
        },
        "the limit is known");
    extra.forEach(TestClient::close);
  }

  private static boolean tryFrom(TestNode node, String address) {
    TestClient client =
        TestClient.connect(
            node.port(),
            "/parley/v1?token=" + node.token("u" + address),
            Map.of("X-Forwarded-For", address));
    return isLetIn(client);
  }

  private static boolean isLetIn(TestClient client) {
    JsonObject first = client.next();
    boolean refused = first.encode().contains("TOO_MANY_CONNECTIONS");
    if (refused) {
      assertThat(client.awaitClosed().code()).isEqualTo(1008);
    } else {
      List<JsonObject> _ = client.untilPong();
    }
    return !refused;
  }
}
