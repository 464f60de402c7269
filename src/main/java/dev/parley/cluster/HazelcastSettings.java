package dev.parley.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import dev.parley.config.ClusterConfig;
import dev.parley.config.Secret;
import dev.parley.protocol.NodeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Hazelcast as it is started here: found by address only, bound to one address, silent to the
/// outside, and quick to notice who is gone.
final class HazelcastSettings {
  static final String NODE = "parley.node";
  private static final int NAME_BYTES = 12;

  /// Each is moved when a member comes or goes, and there is little in them.
  private static final int PARTITIONS = 17;

  private HazelcastSettings() {}

  /// For a member that is a node.
  static Config of(ClusterConfig cluster, NodeId self) {
    Config config = of(cluster);
    config.getMemberAttributeConfig().setAttribute(NODE, self.value());
    return config;
  }

  static Config of(ClusterConfig cluster) {
    Config config = new Config();
    config.setClusterName(nameOf(cluster.secret().orElseThrow()));
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.partition.count", Integer.toString(PARTITIONS));
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds", Long.toString(cluster.deadAfter().toSeconds()));
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "3");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "3");
    network(config.getNetworkConfig(), cluster);
    registry(config);
    return config;
  }

  /// What Vert.x keeps: addresses and their consumers, and its nodes.
  private static void registry(Config config) {
    config
        .getMultiMapConfig(NodeManager.REGISTRATIONS)
        .setBackupCount(1)
        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET);
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
  }

  private static void network(NetworkConfig network, ClusterConfig cluster) {
    network.setPort(cluster.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(cluster.host());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(2)
        .addMember(cluster.host() + ":" + cluster.port());
    cluster.members().forEach(join.getTcpIpConfig()::addMember);
  }

  private static String nameOf(Secret secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.value().getBytes(UTF_8));
      return "parley-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
