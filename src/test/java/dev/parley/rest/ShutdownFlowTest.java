package dev.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/// A node that is told to stop by a call.
final class ShutdownFlowTest {
  @Test
  void clientsAreLetGoWithinTheGraceAndTheNodeStops() {
    TestNode node = TestNode.start("drain.delay", "60s", "drain.window", "60s");
    TestClient ann = node.client("ann");
    Rest admin = new Rest(node.port()).as(node.token("root", "admin"));
    JsonObject grace = new JsonObject().put("grace_seconds", 1);
    assertThat(admin.post("/api/v1/ws/shutdown", grace).status()).isEqualTo(202);
    assertThat(ann.await("session.draining")).isNotNull();
    assertThat(admin.get("/health/ready").status()).isEqualTo(503);
    assertThat(admin.get("/ws/health").data().getInteger("health_score")).isLessThan(100);
    assertThat(ann.awaitClosed().code()).isEqualTo(1012);
    node.awaitStopped();
  }

  @Test
  void withoutAGraceItDrainsAsConfigured() {
    TestNode node = TestNode.start();
    Rest admin = new Rest(node.port()).as(node.token("root", "admin"));
    assertThat(admin.post("/api/v1/ws/shutdown").status()).isEqualTo(202);
    node.awaitStopped();
    Await.result(node.node().stop());
  }
}
