package dev.parley.flow;

import static dev.parley.flow.RevocationFlowTest.assertEnded;
import static dev.parley.flow.RevocationFlowTest.open;
import static dev.parley.flow.RevocationFlowTest.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.Parley;
import dev.parley.kit.NeedsRedis;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A right taken back at one node is taken back at all of them, those that start later too.
@ExtendWith(NeedsRedis.class)
class RevocationAcrossNodesFlowTest {
  private static final long SECOND = 1_000_000_000;

  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;
  private static Parley parley;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    one = cluster.start();
    two = cluster.start();
    parley = Parley.on(one.node().vertx());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aBlockedUserIsPutOutOfEveryNodeWithinASecond() {
    TestClient here = one.client("mallory");
    TestClient there = two.client("mallory");
    Await.result(parley.blockUser("mallory"));
    long before = System.nanoTime();
    assertThat(here.awaitClosed().code()).isEqualTo(4403);
    assertThat(there.awaitClosed().code()).isEqualTo(4403);
    assertThat(System.nanoTime() - before).isLessThan(SECOND);
    assertEnded(two.connect("/parley/v1?token=" + two.token("mallory")));
    Await.result(parley.unblockUser("mallory"));
    one.client("mallory");
  }

  @Test
  void aTokenRevokedAtOneNodeIsRefusedAtAll() {
    String lost = token("eve", "t-1", Instant.now());
    TestClient there = open(two, lost);
    Await.result(parley.revokeToken("t-1", Instant.now().plusSeconds(600)));
    assertEnded(there);
    assertEnded(two.connect("/parley/v1?token=" + lost));
    TestNode later = cluster.start();
    assertEnded(later.connect("/parley/v1?token=" + lost));
    cluster.end(later);
  }
}
