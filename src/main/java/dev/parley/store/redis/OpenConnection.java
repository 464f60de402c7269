package dev.parley.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that answers, to a server that may be used, in one life of it. Belongs to its
/// link's event loop.
final class OpenConnection {
  private final Redis client;
  private final RedisConnection connection;
  private final Server server;
  private final FreshNames names = new FreshNames();

  /// @param client ends with the connection
  OpenConnection(Redis client, RedisConnection connection, Server server) {
    this.client = client;
    this.connection = connection;
    this.server = server;
  }

  String life() {
    return server.life();
  }

  Server server() {
    return server;
  }

  /// Has `reaction` called when the connection is of no use any more; maybe more than once.
  void onEnd(Consumer<Throwable> reaction) {
    connection.endHandler(_ -> reaction.accept(new LostConnection("Redis closed the connection")));
    connection.exceptionHandler(reaction::accept);
  }

  /// @param aheadMillis by how much the store's time runs ahead of Redis's
  Future<@Nullable Response> send(Call<?> call, long aheadMillis) {
    return connection.send(call.request(server.life(), names.next(), aheadMillis));
  }

  /// Looks whether the server still is what it was.
  Future<Server> look() {
    return connection
        .send(Request.cmd(Command.INFO).arg("replication"))
        .map(answer -> Server.parse(answer.toString()));
  }

  /// How many replicas have all that was sent before.
  Future<Integer> replicas(long timeoutMillis) {
    return connection
        .send(Request.cmd(Command.WAIT).arg(1).arg(timeoutMillis))
        .map(Response::toInteger);
  }

  /// What was sent and is not answered will not be.
  void close() {
    Future<Void> _ = client.close();
  }

  /// Why a connection ended, where nobody threw anything.
  static final class LostConnection extends Exception {
    private static final long serialVersionUID = 1L;

    LostConnection(String message) {
      super(message, null, false, false);
    }
  }
}
