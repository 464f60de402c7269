package dev.parley.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;

/// Vert.x's manager, which besides remembers what nobody consumes. Vert.x itself remembers only who
/// does: it asks the registry, on a thread of its own and often on another node, for each message
/// to an address without consumers. Events are told to applications all the time, and often there
/// are none.
final class NodeManager extends HazelcastClusterManager {
  /// Where Vert.x keeps who consumes what.
  static final String REGISTRATIONS = "__vertx.subs";

  private final UnconsumedAddresses unconsumed = new UnconsumedAddresses(System::nanoTime);

  @SuppressWarnings("NullAway.Init") // it is what Vert.x calls first
  private Vertx vertx;

  NodeManager(Config config) {
    super(config);
  }

  @Override
  public void init(Vertx vertx) {
    this.vertx = vertx;
    super.init(vertx);
  }

  @Override
  public void join(Completable<Void> joined) {
    super.join(
        (_, failure) -> {
          if (failure == null) {
            vertx.executeBlocking(this::watch).<Void>mapEmpty().onComplete(joined);
          } else {
            joined.fail(failure);
          }
        });
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> added) {
    unconsumed.changed(address);
    super.addRegistration(
        address,
        registration,
        (_, failure) -> {
          unconsumed.changed(address);
          added.complete(null, failure);
        });
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> found) {
    if (unconsumed.contains(address)) {
      found.succeed(List.of());
      return;
    }
    long before = unconsumed.changes();
    super.getRegistrations(
        address,
        (registrations, failure) -> {
          if (failure == null && registrations.isEmpty()) {
            unconsumed.found(address, before);
          }
          found.complete(registrations, failure);
        });
  }

  private Object watch() {
    return getHazelcastInstance()
        .<String, Object>getMultiMap(REGISTRATIONS)
        .addEntryListener(
            new EntryAdapter<>() {
              @Override
              public void entryAdded(EntryEvent<String, Object> event) {
                unconsumed.changed(event.getKey());
              }
            },
            false);
  }
}
