package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.bus.DomainCalls;
import dev.parley.bus.MessageBus;
import dev.parley.bus.Shards;
import dev.parley.config.Config;
import dev.parley.observe.HealthChecks;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The table of a node in development mode, without a node.
final class TestRoutes {
  private TestRoutes() {}

  static List<Call> table() {
    Config config = Config.of("auth.secret", "a secret that is long enough for tests of routes");
    Vertx vertx = Vertx.vertx();
    try {
      MessageBus bus = new MessageBus(vertx, new Shards(1), Duration.ofSeconds(1));
      return Routes.table(
          new DomainCalls(bus, new NodeId("n")),
          config,
          TokenIssuer.of(config.auth(), InstantSource.system()),
          new HealthChecks(),
          new NoFigures(),
          _ -> {},
          InstantSource.system());
    } finally {
      Future<Void> _ = vertx.close();
    }
  }

  static List<String> names() {
    return table().stream().map(Call::name).toList();
  }

  /// Nothing is counted here.
  private static final class NoFigures implements Figures.Source {
    @Override
    public Future<Figures> now() {
      return Future.failedFuture("nothing is counted here");
    }

    @Override
    public Future<Map<RoomName, RoomActivity>> activity(List<RoomName> rooms) {
      return Future.succeededFuture(Map.of());
    }
  }
}
