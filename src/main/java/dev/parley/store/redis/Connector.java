package dev.parley.store.redis;

import dev.parley.config.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Makes connections: finds the master, looks at it, loads the scripts. Each attempt ends in time.
final class Connector {
  /// Sentinels are asked one by one, each within the timeout.
  private static final int STEPS = 2;

  private final RedisConfig config;
  private final Clients clients;
  private final Address direct;
  private final Sentinels sentinels;

  Connector(Vertx vertx, RedisConfig config) {
    this.config = config;
    this.clients = new Clients(vertx, config);
    this.direct = Address.of(config);
    this.sentinels = new Sentinels(clients, config);
  }

  /// Opens a connection on the caller's event loop; fails with a [Refused] if the server must not
  /// be used.
  Future<OpenConnection> open() {
    Future<Address> address =
        config.sentinels().isEmpty() ? Future.succeededFuture(direct) : sentinels.master();
    return address.compose(this::open);
  }

  /// Where it is looked for, for people.
  String place() {
    return config.sentinels().isEmpty()
        ? direct.toString()
        : config.master() + " of the Sentinels " + String.join(", ", config.sentinels());
  }

  private Future<OpenConnection> open(Address address) {
    Redis client = clients.of(address);
    return client
        .connect()
        .compose(connection -> prepare(client, connection))
        .timeout(STEPS * config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> close(client));
  }

  private static Future<OpenConnection> prepare(Redis client, RedisConnection connection) {
    Future<Server> server = connection.send(Request.cmd(Command.INFO)).compose(Connector::usable);
    Future<?> scripts =
        Future.all(Stream.of(Script.values()).map(script -> load(connection, script)).toList());
    return server
        .compose(found -> scripts.map(found))
        .map(found -> new OpenConnection(client, connection, found));
  }

  private static Future<Server> usable(Response info) {
    Server server = Server.parse(info.toString());
    Optional<String> refusal = server.refusal();
    return refusal.isPresent()
        ? Future.failedFuture(new Refused(refusal.get()))
        : Future.succeededFuture(server);
  }

  private static Future<Response> load(RedisConnection connection, Script script) {
    return connection.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text()));
  }

  private static void close(Redis client) {
    Future<Void> _ = client.close();
  }

  /// A server that must not be used: what it is, after its name.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }
}
