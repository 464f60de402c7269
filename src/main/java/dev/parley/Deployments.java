package dev.parley;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/// What was deployed on one Vert.x, in its order, so that it can be taken back the other way round.
final class Deployments {
  private final Vertx vertx;
  private final int loops;
  private final List<String> deployed = new CopyOnWriteArrayList<>();

  /// @param loops how many event loops there are
  Deployments(Vertx vertx, int loops) {
    this.vertx = vertx;
    this.loops = loops;
  }

  /// One instance.
  Future<Void> one(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployed::add).mapEmpty();
  }

  /// One instance per event loop, one after the other, so that each gets the next loop.
  Future<Void> onEachLoop(IntFunction<Deployable> verticle) {
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < loops; i++) {
      int shard = i;
      all = all.compose(_ -> one(verticle.apply(shard)));
    }
    return all;
  }

  /// The last one first. Those that are gone already are no harm.
  Future<Void> undeployAll() {
    Future<?> undeployed = Future.succeededFuture();
    for (String deployment : List.copyOf(deployed).reversed()) {
      undeployed = undeployed.eventually(() -> vertx.undeploy(deployment));
    }
    return undeployed.mapEmpty();
  }
}
