package dev.parley.bus;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/// What was deployed on one Vert.x, in its order, so that it can be taken back the other way round.
public final class Deployments {
  private final Vertx vertx;
  private final EventLoops loops;
  private final List<String> deployed = new CopyOnWriteArrayList<>();

  public Deployments(Vertx vertx, EventLoops loops) {
    this.vertx = vertx;
    this.loops = loops;
  }

  /// One instance, on any loop.
  public Future<Void> one(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(deployed::add).mapEmpty();
  }

  /// One instance on each event loop, one after the other.
  ///
  /// @param verticle the instance for the loop of a number
  public Future<Void> onEachLoop(IntFunction<Deployable> verticle) {
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < loops.count(); i++) {
      int number = i;
      all =
          all.compose(_ -> loops.deploy(verticle.apply(number), number).onSuccess(deployed::add))
              .mapEmpty();
    }
    return all;
  }

  /// The last one first. Those that are gone already are no harm.
  public Future<Void> undeployAll() {
    Future<?> undeployed = Future.succeededFuture();
    for (String deployment : List.copyOf(deployed).reversed()) {
      undeployed = undeployed.eventually(() -> vertx.undeploy(deployment));
    }
    return undeployed.mapEmpty();
  }
}
