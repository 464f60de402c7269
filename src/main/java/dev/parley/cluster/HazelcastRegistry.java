package dev.parley.cluster;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry that Vert.x keeps in Hazelcast.
///
/// When a node seems gone the others remove what it registered. That may happen late, when the node
/// is back already and has registered again; then nobody would reach it any more. So every node
/// looks whether it still stands there, and removes who is gone ([GoneNodes]).
final class HazelcastRegistry implements Registry {
  private static final Logger LOG = LoggerFactory.getLogger(HazelcastRegistry.class);

  /// How long it may take to answer.
  private static final long ANSWER_MILLIS = 1_000;

  /// How long it may take where its last answer does as well. It usually takes about one.
  private static final long SOON_MILLIS = 100;

  private static final long LOOK_MILLIS = 2_000;

  /// While entries move from one node to another they may seem to be missing.
  private static final int MISSED = 2;

  /// Every so many looks it is looked at all addresses, not only at its own.
  private static final int LOOKS_BETWEEN = 8;

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final GoneNodes gone;
  private volatile boolean closed;

  HazelcastRegistry(Vertx vertx, HazelcastClusterManager manager) {
    this.vertx = vertx;
    this.manager = manager;
    this.gone = new GoneNodes(vertx, manager, this::find);
  }

  @Override
  public Consumers consumers(String address) {
    return new Consumers(
        () -> find(address).map(found -> !found.isEmpty()),
        answer -> answer.timeout(SOON_MILLIS, TimeUnit.MILLISECONDS),
        System::nanoTime);
  }

  @Override
  public void keep(String address) {
    keep(address, 0);
    vertx.setPeriodic(LOOKS_BETWEEN * LOOK_MILLIS, _ -> lookEverywhere());
  }

  @Override
  public void close() {
    closed = true;
  }

  /// @param missed how often it was not there, one time after the other
  private void keep(String address, int missed) {
    if (!closed) {
      vertx.setTimer(
          LOOK_MILLIS,
          _ ->
              isRegistered(address)
                  .otherwise(true)
                  .onSuccess(registered -> onLooked(address, registered ? 0 : missed + 1)));
    }
  }

  private void lookEverywhere() {
    if (!closed) {
      gone.lookEverywhere();
    }
  }

  private void onLooked(String address, int missed) {
    if (missed < MISSED || closed) {
      keep(address, missed);
    } else {
      registerAgain().onComplete(_ -> keep(address, 0));
    }
  }

  private Future<Boolean> isRegistered(String address) {
    return find(address)
        .onSuccess(gone::lookAmong)
        .compose(
            found ->
                found.stream().anyMatch(each -> each.nodeId().equals(manager.getNodeId()))
                    ? isReachable()
                    : Future.succeededFuture(false));
  }

  /// Whether the others find out where this node listens.
  private Future<Boolean> isReachable() {
    Promise<NodeInfo> info = Promise.promise();
    manager.getNodeInfo(manager.getNodeId(), info);
    return info.future().map(true).otherwise(false);
  }

  /// All that this node consumes. The manager does that after a merge.
  private Future<Void> registerAgain() {
    LOG.warn("This node was removed from the registry of the bus; it registers again");
    return vertx.executeBlocking(
        () -> {
          manager.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
          return null;
        });
  }

  private Future<List<RegistrationInfo>> find(String address) {
    Promise<List<RegistrationInfo>> registrations = Promise.promise();
    manager.getRegistrations(address, registrations);
    return registrations
        .future()
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .map(found -> found == null ? List.of() : found);
  }
}
