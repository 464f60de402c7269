package dev.parley.cluster;

import static java.util.stream.Collectors.toSet;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes from the registry of the bus who is gone. A node that goes while others come and go may
/// register once more after the others have removed it; then part of what is sent to its addresses
/// would go to nobody.
final class GoneNodes {
  private static final Logger LOG = LoggerFactory.getLogger(GoneNodes.class);

  /// What the manager says of a node that told nobody where it listens.
  private static final String UNREACHABLE = "Not a member of the cluster";

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final Function<String, Future<List<RegistrationInfo>>> find;
  private final Strangers atOne = new Strangers();
  private final Strangers anywhere = new Strangers();

  /// @param find who consumes an address
  GoneNodes(
      Vertx vertx,
      HazelcastClusterManager manager,
      Function<String, Future<List<RegistrationInfo>>> find) {
    this.vertx = vertx;
    this.manager = manager;
    this.find = find;
  }

  /// Looks at those who consume one address, the same each time.
  void lookAmong(List<RegistrationInfo> found) {
    Set<String> gone = atOne.look(nodesOf(found), manager.getNodes());
    if (!gone.isEmpty()) {
      addresses().onSuccess(addresses -> removeUnreachable(gone, addresses));
    }
  }

  /// Looks at all addresses.
  void lookEverywhere() {
    addresses().onSuccess(this::lookAt);
  }

  private void lookAt(Set<String> addresses) {
    Future.all(addresses.stream().map(find).toList())
        .map(CompositeFuture::<List<RegistrationInfo>>list)
        .map(found -> found.stream().flatMap(List::stream).toList())
        .map(found -> anywhere.look(nodesOf(found), manager.getNodes()))
        .onSuccess(gone -> removeUnreachable(gone, addresses));
  }

  /// After a merge a node that is there is no member by the name that it registers with.
  private void removeUnreachable(Set<String> gone, Set<String> addresses) {
    for (String node : gone) {
      Promise<NodeInfo> info = Promise.promise();
      manager.getNodeInfo(node, info);
      info.future()
          .onFailure(
              failure -> {
                if (UNREACHABLE.equals(failure.getMessage())) {
                  remove(node, addresses);
                }
              });
    }
  }

  private void remove(String gone, Set<String> addresses) {
    LOG.atWarn().addKeyValue("node", gone).log("Who is gone is removed from the bus once more");
    for (String address : addresses) {
      find.apply(address)
          .onSuccess(
              found ->
                  found.stream()
                      .filter(each -> gone.equals(each.nodeId()))
                      .forEach(
                          each -> manager.removeRegistration(address, each, Promise.promise())));
    }
  }

  private Future<Set<String>> addresses() {
    return vertx.executeBlocking(
        () ->
            Set.copyOf(
                manager
                    .getHazelcastInstance()
                    .<String, Object>getMultiMap(NodeManager.REGISTRATIONS)
                    .keySet()),
        false);
  }

  private static Set<String> nodesOf(List<RegistrationInfo> registrations) {
    return registrations.stream().map(RegistrationInfo::nodeId).collect(toSet());
  }
}
