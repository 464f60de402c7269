package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Several servers as one. They need a shared store (`store.redis`) and a private network.
///
/// @param enabled whether this server is one of several
/// @param host the address of this machine that the others reach; nothing is bound to another
/// @param port where the others find it; they must know it, so it is fixed
/// @param busPort where messages between nodes arrive; 0: any free port
/// @param members where others may be, `host:port`; a few of them are enough
/// @param secret what all nodes of one cluster have in common; its hash names the cluster. It keeps
///   clusters apart, and strangers out only where the network is private
/// @param deadAfter a node that is silent for so long counts as gone
/// @param rowsInterval how often a node tells the others what changed about it
/// @param linkBytes unsent bytes to one other node; beyond them ephemeral events are dropped,
///   beyond four times as many all (durable ones come again from the store)
/// @param tls encryption of messages between nodes; all files, or none
public record ClusterConfig(
    @Setting("false") boolean enabled,
    @Setting("127.0.0.1") String host,
    @Setting("5701") int port,
    @Setting("0") int busPort,
    @Setting("") List<String> members,
    @Setting("") Optional<Secret> secret,
    @Setting("5s") Duration deadAfter,
    @Setting("50ms") Duration rowsInterval,
    @Setting("8MiB") long linkBytes,
    BusTls tls) {

  public ClusterConfig {
    members = List.copyOf(members);
    Ensure.that("cluster.host", isAddress(host), "one address of this machine, not 0.0.0.0");
    Ensure.between("cluster.port", port, 1, 65_535);
    Ensure.between("cluster.bus_port", busPort, 0, 65_535);
    Ensure.that(
        "cluster.members",
        members.stream()
            .allMatch(member -> member.matches("[^\\s:]+:\\d{1,5}|\\[[^\\s]+]:\\d{1,5}")),
        "a list of host:port");
    Ensure.that(
        "cluster.secret",
        !enabled || secret.filter(known -> known.bytes() >= 16).isPresent(),
        "a text of at least 16 bytes that all nodes have in common");
    Ensure.between("cluster.dead_after", deadAfter, Duration.ofSeconds(2), Duration.ofMinutes(5));
    Ensure.between(
        "cluster.rows_interval", rowsInterval, Duration.ofMillis(5), Duration.ofSeconds(5));
    Ensure.bytesBetween("cluster.link_bytes", linkBytes, 1 << 16, 1L << 32);
  }

  private static boolean isAddress(String text) {
    return !text.isBlank() && !text.equals("0.0.0.0") && !text.equals("::");
  }

  /// TLS between nodes. Each shows a certificate and asks the other for one of the same authority.
  ///
  /// @param certificate this node's chain, PEM
  /// @param key its private key, PEM
  /// @param authority the certificate that signed those of all nodes, PEM
  public record BusTls(
      @Setting("") Optional<Path> certificate,
      @Setting("") Optional<Path> key,
      @Setting("") Optional<Path> authority) {
    public BusTls {
      Ensure.that(
          "cluster.tls.key",
          certificate.isPresent() == key.isPresent(),
          "set together with cluster.tls.certificate");
      Ensure.that(
          "cluster.tls.authority",
          certificate.isPresent() == authority.isPresent(),
          "set together with cluster.tls.certificate");
    }

    /// Whether messages between nodes are encrypted.
    public boolean isOn() {
      return certificate.isPresent();
    }
  }
}
