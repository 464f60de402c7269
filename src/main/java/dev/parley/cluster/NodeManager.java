package dev.parley.cluster;

import com.hazelcast.config.Config;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;

/// Vert.x's manager, which asks the registry for an address without consumers not more often than
/// each [#PAUSE_MILLIS]. Vert.x remembers only who consumes: it asks, on a thread of its own and
/// often on another node, for each message to an address without. Events are told to applications
/// all the time, and often there are none.
///
/// What is sent meanwhile waits for the next answer, in its order, so that nothing is held to be
/// without consumers by an answer from before it was sent.
final class NodeManager extends HazelcastClusterManager {
  /// Where Vert.x keeps who consumes what.
  static final String REGISTRATIONS = "__vertx.subs";

  private static final int PAUSE_MILLIS = 20;

  private final UnconsumedAddresses unconsumed =
      new UnconsumedAddresses(PAUSE_MILLIS, System::nanoTime);

  /// Nobody's, since the timers of a verticle end with it.
  @SuppressWarnings("NullAway.Init") // Vert.x calls init before all else
  private ContextInternal context;

  NodeManager(Config config) {
    super(config);
  }

  @Override
  public void init(Vertx vertx) {
    super.init(vertx);
    context = ((VertxInternal) vertx).createEventLoopContext();
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> found) {
    long wait = unconsumed.pauseMillis(address);
    if (wait == 0) {
      ask(address, found);
    } else {
      context.setTimer(wait, _ -> ask(address, found));
    }
  }

  private void ask(String address, Completable<List<RegistrationInfo>> found) {
    super.getRegistrations(
        address,
        (registrations, failure) -> {
          if (failure == null && registrations.isEmpty()) {
            unconsumed.found(address);
          }
          found.complete(registrations, failure);
        });
  }
}
