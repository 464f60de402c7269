package dev.parley.flow;

import dev.parley.Await;
import dev.parley.ClusterMember;
import dev.parley.TestNode;
import dev.parley.config.Config;
import dev.parley.kit.Ports;
import dev.parley.kit.RedisServer;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Several nodes as one server, all in this process, over one Redis of their own.
final class TestCluster implements AutoCloseable {
  private static final String SECRET = "a secret that all of them share";

  private final List<Integer> ports = Ports.free(4);
  private final List<TestNode> nodes = new ArrayList<>();
  private final List<Vertx> guests = new ArrayList<>();
  private final List<String> settings;
  private final RedisServer redis = RedisServer.start();
  private int members;

  /// @param keysAndValues for all nodes
  TestCluster(String... keysAndValues) {
    this.settings = List.of(keysAndValues);
  }

  /// One node more, known to the others.
  ///
  /// @param keysAndValues settings of its own
  TestNode start(String... keysAndValues) {
    String name = "node" + members;
    Stream<String> own = Stream.of("node.id", name, "store.redis.url", redis.url());
    Stream<String> cluster = Stream.of(clusterSettings());
    TestNode node =
        TestNode.start(
            Stream.of(own, cluster, settings.stream(), Stream.of(keysAndValues))
                .flatMap(each -> each)
                .toArray(String[]::new));
    nodes.add(node);
    awaitEachOther();
    return node;
  }

  /// An application in the cluster, without a node.
  Vertx startGuest() {
    Vertx guest = Await.result(ClusterMember.join(Config.of(clusterSettings())));
    guests.add(guest);
    return guest;
  }

  /// Stops a node at once.
  void end(TestNode node) {
    nodes.remove(node);
    node.close();
    awaitEachOther();
  }

  RedisServer redis() {
    return redis;
  }

  @Override
  public void close() {
    guests.forEach(guest -> Await.result(guest.close()));
    nodes.reversed().forEach(TestNode::close);
    redis.close();
  }

  private String[] clusterSettings() {
    int port = ports.get(members++);
    return new String[] {
      "cluster.enabled",
      "true",
      "cluster.secret",
      SECRET,
      "cluster.port",
      Integer.toString(port),
      "cluster.members",
      "127.0.0.1:" + ports.getFirst()
    };
  }

  private void awaitEachOther() {
    for (TestNode node : nodes) {
      Await.until(
          () -> node.node().others().size() == nodes.size() - 1, "all nodes know each other");
    }
  }
}
