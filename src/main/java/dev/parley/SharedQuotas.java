package dev.parley;

import dev.parley.auth.limits.Leases;
import dev.parley.cluster.Cluster;
import dev.parley.store.Quotas;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/// Shares of rates from the store. While no other node is there, nothing is asked: there is nobody
/// to share with.
///
/// @param asker names this run of the node
record SharedQuotas(Cluster cluster, Quotas quotas, String asker) implements Leases {
  static SharedQuotas of(Cluster cluster, Quotas quotas) {
    return new SharedQuotas(cluster, quotas, cluster.self() + "/" + UUID.randomUUID());
  }

  @Override
  public Future<Grant> ask(Ask ask) {
    if (cluster.others().isEmpty()) {
      return Future.succeededFuture(new Grant(ask.wanted(), 0, true));
    }
    return quotas
        .lease(
            new Quotas.Question(
                ask.key(),
                ask.quota().limit(),
                ask.quota().window(),
                Duration.ofNanos(ask.ageNanos()),
                asker,
                ask.window(),
                ask.spent(),
                ask.wanted()))
        .map(lease -> new Grant(lease.granted(), lease.remaining().toNanos(), lease.own()));
  }
}
