package dev.parley.store.redis;

import dev.parley.protocol.StreamId;
import dev.parley.store.Quotas;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;

/// The rates: a hash for each window that is open, gone at its end. Time is Redis's; nodes tell
/// ages only, so their clocks do not matter.
final class RedisQuotas implements Quotas {
  private final Links links;
  private final Operations operations;

  RedisQuotas(Links links, Operations operations) {
    this.links = links;
    this.operations = operations;
  }

  /// No replica is waited for: what a failover forgets is a window.
  @Override
  public Future<Lease> lease(Question question) {
    int partition = Partitions.of(new StreamId(question.key()));
    Arguments arguments =
        links
            .call(Script.LEASE, partition)
            .add(question.key())
            .add(question.length().toMillis())
            .add(question.limit())
            .add(question.asker())
            .add(question.window())
            .add(operations.next())
            .add(question.age().toMillis())
            .add(question.spent())
            .add(question.wanted());
    return links.read(partition, arguments, Links.present(RedisQuotas::lease));
  }

  private static Lease lease(Response response) {
    return new Lease(
        response.get(0).toInteger(),
        Duration.ofMillis(response.get(1).toLong()),
        response.get(2).toInteger() == 1);
  }
}
