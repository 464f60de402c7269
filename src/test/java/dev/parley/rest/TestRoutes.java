package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.bus.MessageBus;
import dev.parley.bus.Shards;
import dev.parley.config.Config;
import dev.parley.observe.HealthChecks;
import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The table of a node in development mode, without a node.
final class TestRoutes {
  private TestRoutes() {}

  static List<Call> table() {
    Config config = Config.of("auth.secret", "a secret that is long enough for tests of routes");
    Vertx vertx = Vertx.vertx();
    try {
      MessageBus bus = new MessageBus(vertx, new Shards(1), Duration.ofSeconds(1));
      return Routes.table(
          new Domains(bus, new NodeId("n")),
          config,
          TokenIssuer.of(config.auth(), InstantSource.system()),
          new HealthChecks(),
          () -> Future.failedFuture("nothing is counted here"),
          _ -> {},
          InstantSource.system());
    } finally {
      Future<Void> _ = vertx.close();
    }
  }

  static List<String> names() {
    return table().stream().map(Call::name).toList();
  }
}
