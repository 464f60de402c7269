package dev.parley;

import dev.parley.bus.NodePost;
import dev.parley.cluster.Cluster;
import dev.parley.revocations.RevocationsVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Has the other nodes look for rights that were taken back. A letter that is lost is made good by
/// the change feed.
///
/// @param cluster names them
record RevokingNodes(Cluster cluster, NodePost post) implements RevocationsVerticle.Others {
  private static final String KIND = "revocations";

  @Override
  public void tellToLook() {
    cluster
        .others()
        .forEach(
            node -> {
              Future<Void> _ = post.send(node, KIND, Buffer.buffer());
            });
  }

  @Override
  public void onToldToLook(Runnable look) {
    post.on(
        KIND,
        (_, _) -> {
          look.run();
          return Future.succeededFuture(Optional.empty());
        });
  }
}
