package dev.parley.store.redis;

import dev.parley.config.RedisConfig;
import dev.parley.config.Secret;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the Sentinels, one after the other, where the master is.
final class Sentinels {
  private final Clients clients;
  private final RedisConfig config;
  private final Address master;
  private final List<Address> sentinels;

  Sentinels(Clients clients, RedisConfig config) {
    this.clients = clients;
    this.config = config;
    this.master = Address.of(config);
    Optional<String> password = config.sentinelPassword().map(Secret::value);
    this.sentinels =
        config.sentinels().stream()
            .map(text -> master.at(text).as(Optional.empty(), password).inDatabase(0))
            .toList();
  }

  Future<Address> master() {
    Future<Address> answer = Future.failedFuture("no Sentinel is configured");
    for (Address sentinel : sentinels) {
      answer = answer.recover(_ -> ask(sentinel));
    }
    return answer;
  }

  private Future<Address> ask(Address sentinel) {
    Redis client = clients.of(sentinel);
    Request question =
        Request.cmd(Command.SENTINEL).arg("get-master-addr-by-name").arg(config.master());
    return client
        .connect()
        .compose(connection -> connection.send(question))
        .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .compose(answer -> toMaster(sentinel, answer))
        .eventually(client::close);
  }

  private Future<Address> toMaster(Address sentinel, @Nullable Response answer) {
    return answer == null
        ? Future.failedFuture("the Sentinel at " + sentinel + " knows no " + config.master())
        : Future.succeededFuture(master.at(answer.get(0) + ":" + answer.get(1)));
  }
}
