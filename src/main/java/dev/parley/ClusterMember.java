package dev.parley;

import dev.parley.cluster.ClusterStart;
import dev.parley.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/// A Vert.x that is in the cluster and runs no node: for an application in a process of its own.
/// What it asks and registers on the event bus reaches the nodes, and they it.
public final class ClusterMember {
  private ClusterMember() {}

  /// Joins. Closing the Vert.x leaves again.
  ///
  /// @param config its section `cluster` counts, with a port of this member's own
  /// @return fails with [StartRefusedException] if the cluster cannot be entered
  public static Future<Vertx> join(Config config) {
    if (!config.cluster().enabled()) {
      return Future.failedFuture(new StartRefusedException("cluster.enabled: must be true"));
    }
    return ClusterStart.joinAsGuest(config.cluster(), new VertxOptions()).recover(Node::refuse);
  }
}
