package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.kit.Authority;
import dev.parley.kit.NeedsRedis;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that show each other certificates, and what an operator sees of them.
@ExtendWith(NeedsRedis.class)
class ClusterTlsFlowTest {
  @TempDir Path directory;

  @Test
  void onlyNodesWithACertificateOfTheAuthorityAreHeard() throws Exception {
    Authority ours = authority("ours");
    Authority strange = authority("strange");
    try (TestCluster cluster = new TestCluster()) {
      TestNode one = cluster.start(tls(ours, ours.issue("one")));
      assertThat(check(one)).isEqualTo("healthy: no other node");
      TestNode two = cluster.start(tls(ours, ours.issue("two")));
      awaitHealthy(one);
      awaitHealthy(two);
      TestClient ann = join(one, "ann", "lobby");
      TestClient bob = join(two, "bob", "lobby");
      awaitCrossing(ann, bob);
      awaitCrossing(bob, ann);
      ensureMetrics(one);

      TestNode stranger = cluster.start(tls(strange, strange.issue("three")));
      assertThat(stranger.node().others()).hasSize(2);
      TestClient eve = join(stranger, "eve", "lobby");
      for (int i = 1; i <= 20; i++) {
        eve.send(cursor(1_000));
      }
      eve.untilPong();
      Await.until(
          () -> check(one).startsWith("degraded: not all is known of node2"), "one hears nothing");
      assertThat(ready(one).getString("status")).isEqualTo("degraded");
      awaitCrossing(ann, bob); // and what eve sent before would have come by now
      assertThat(bob.untilPong())
          .noneMatch(frame -> Integer.valueOf(1_000).equals(frame.getInteger("x")));

      cluster.end(stranger);
      awaitHealthy(one);
      assertThat(ann.ask(send("lobby", "still here")).getString("type")).isEqualTo("ok");
      assertThat(bob.await("chat.message").getString("content")).isEqualTo("still here");
    }
  }

  private static void ensureMetrics(TestNode node) {
    assertThat(metrics(node))
        .contains("parley_cluster_nodes 2.0")
        .contains("parley_cluster_stale 0.0")
        .contains("parley_cluster_changes_total{what=\"joined\"} 1.0")
        .contains("parley_link_bytes{node=\"node1\"} ")
        .contains("parley_duty{duty=\"sweep\"} 1.0");
    assertThat(
            metrics(node)
                .lines()
                .filter(line -> line.startsWith("parley_cluster_rows "))
                .map(line -> Double.parseDouble(line.substring(20)))
                .findFirst()
                .orElseThrow())
        .isPositive();
  }

  private Authority authority(String name) throws Exception {
    return Authority.make(Files.createDirectory(directory.resolve(name)));
  }

  private static String[] tls(Authority authority, Authority.Issued issued) {
    return new String[] {
      "cluster.tls.certificate",
      issued.chain().toString(),
      "cluster.tls.key",
      issued.key().toString(),
      "cluster.tls.authority",
      authority.certificate().toString()
    };
  }

  private static void awaitHealthy(TestNode node) {
    Await.until(() -> check(node).equals("healthy: 1 other node"), "it knows the other");
  }

  private static String check(TestNode node) {
    return ready(node).getJsonObject("checks").getString("cluster");
  }

  private static JsonObject ready(TestNode node) {
    return new JsonObject(get(node, "/health/ready"));
  }

  private static String metrics(TestNode node) {
    return get(node, "/metrics");
  }

  private static String get(TestNode node, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A cursor, which crosses between nodes by the bus alone.
  private static void awaitCrossing(TestClient from, TestClient to) {
    Await.until(
        () -> {
          from.send(cursor(7));
          return to.poll(20)
              .filter(frame -> "cursor.moved".equals(frame.getString("type")))
              .isPresent();
        },
        "the other node is heard");
  }

  private static JsonObject cursor(int x) {
    return new JsonObject().put("type", "cursor.move").put("room", "lobby").put("x", x).put("y", 1);
  }
}
