package dev.parley.cluster;

import dev.parley.config.ClusterConfig;
import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/// Starts Vert.x, alone or as one of several.
public final class ClusterStart {
  /// How often a node asks another whether it is there, on the bus's own connections.
  private static final long BUS_PING_MILLIS = 2_000;

  private static final long BUS_PING_REPLY_MILLIS = 4_000;

  private ClusterStart() {}

  /// @param cluster the node in it; closing Vert.x leaves it
  public record Started(Vertx vertx, Cluster cluster, Registry registry) {}

  /// @return fails with [ClusterRefusedException] if the cluster cannot be entered
  public static Future<Started> start(ClusterConfig config, NodeId self, VertxOptions options) {
    return config.enabled()
        ? join(config, self, options)
        : Future.succeededFuture(alone(Vertx.vertx(options), new Alone(self)));
  }

  private static Started alone(Vertx vertx, Alone alone) {
    return new Started(vertx, alone, alone);
  }

  /// Joins the bus of a cluster without being one of its nodes.
  ///
  /// @return fails with [ClusterRefusedException] if the cluster cannot be entered
  public static Future<Vertx> joinAsGuest(ClusterConfig config, VertxOptions options) {
    return start(config, new NodeManager(HazelcastSettings.of(config)), options);
  }

  private static Future<Started> join(ClusterConfig config, NodeId self, VertxOptions options) {
    HazelcastClusterManager manager = new NodeManager(HazelcastSettings.of(config, self));
    return start(config, manager, options).compose(vertx -> enter(vertx, manager, self));
  }

  private static Future<Vertx> start(
      ClusterConfig config, HazelcastClusterManager manager, VertxOptions options) {
    return Vertx.builder()
        .with(options.setEventBusOptions(bus(config)))
        .withClusterManager(manager)
        .buildClustered()
        .recover(failure -> Future.failedFuture(ClusterRefusedException.cannotStart(failure)));
  }

  private static Future<Started> enter(Vertx vertx, HazelcastClusterManager manager, NodeId self) {
    HazelcastCluster cluster = HazelcastCluster.watch(manager.getHazelcastInstance(), self);
    if (cluster.others().contains(self)) {
      return vertx.close().transform(_ -> Future.failedFuture(ClusterRefusedException.taken(self)));
    }
    return Future.succeededFuture(
        new Started(vertx, cluster, new HazelcastRegistry(vertx, manager)));
  }

  private static EventBusOptions bus(ClusterConfig config) {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(config.host())
            .setPort(config.busPort())
            .setClusterPublicHost(config.host())
            .setClusterPingInterval(BUS_PING_MILLIS)
            .setClusterPingReplyInterval(BUS_PING_REPLY_MILLIS);
    if (config.tls().isOn()) {
      PemTrustOptions trust =
          new PemTrustOptions().addCertPath(config.tls().authority().orElseThrow().toString());
      bus.setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setTrustOptions(trust)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(config.tls().certificate().orElseThrow().toString())
                  .setKeyPath(config.tls().key().orElseThrow().toString()));
    }
    return bus;
  }
}
