package dev.parley.rest;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.ClientLabel;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionCommand.ListConnections;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.OpenConnection;
import dev.parley.protocol.Recipients.InRoom;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.UserId;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The REST calls of the dialect `workspace` about connections and the node itself
/// (`workspace.md`).
final class ConnectionCalls {
  /// Well below what may wait for one connection, so that one message never closes it.
  private static final int MAX_MESSAGE_BYTES = 256 << 10;

  private static final int MAX_TYPE = 128;
  private static final int MAX_CONNECTIONS = 200;
  private static final int DEFAULT_CONNECTIONS = 100;
  private static final int MAX_CONNECTION_ID = 256;
  private static final int MAX_GRACE_SECONDS = 3_600;

  private final DomainCalls domains;
  private final Consumer<Optional<Duration>> shutdown;

  /// @param shutdown drains and stops this node, within the time said or as configured; returns at
  ///   once
  ConnectionCalls(DomainCalls domains, Consumer<Optional<Duration>> shutdown) {
    this.domains = domains;
    this.shutdown = shutdown;
  }

  List<Call> calls() {
    return List.of(
        Call.post("/api/v1/ws/rooms/:room/broadcast", Rights.ADMIN, this::broadcast),
        Call.post("/api/v1/ws/users/:user/notify", Rights.ADMIN, this::notifyUser),
        Call.get("/api/v1/ws/connections", Rights.ADMIN, this::list),
        Call.delete("/api/v1/ws/connections/:connection_id", Rights.ADMIN, this::disconnect),
        new Call(
            HttpMethod.POST,
            "/api/v1/ws/shutdown",
            Rights.ADMIN,
            Call.Body.OPTIONAL,
            this::shutDown));
  }

  private Future<Answer> broadcast(Asked asked) {
    InRoom members = new InRoom(asked.path().room("room"), Set.of());
    return domains
        .reach(new SendTo(members, message(asked.body())))
        .map(sent -> Answer.ok(out -> out.flag("success", true).number("recipients", sent)));
  }

  /// It waits for users who are away.
  private Future<Answer> notifyUser(Asked asked) {
    UserId user = asked.path().user("user");
    return domains
        .inbox(new SendDirect(user, message(asked.body())))
        .map(
            delivered ->
                Answer.ok(
                    out ->
                        out.flag("success", true)
                            .number("delivered", delivered)
                            .flag("queued", delivered == 0)));
  }

  private static JsonObject message(Fields in) {
    String _ = in.text("type", MAX_TYPE);
    JsonObject message = in.object();
    if (JsonFormat.TEXT.encode(out -> out.value(message)).length > MAX_MESSAGE_BYTES) {
      throw new RejectedException(
          Rejection.of(
              ErrorCode.MESSAGE_TOO_LARGE,
              "The message is larger than " + MAX_MESSAGE_BYTES + " bytes as JSON"));
    }
    return message;
  }

  private Future<Answer> list(Asked asked) {
    ListConnections command =
        new ListConnections(
            asked.query().user("user"),
            asked.query().room("room"),
            asked.query().text("after", MAX_CONNECTION_ID).map(ConnectionId::new),
            asked.query().number("limit", 1, MAX_CONNECTIONS, DEFAULT_CONNECTIONS));
    return domains
        .connections(command, Reply.Connections.class)
        .map(
            page ->
                Answer.ok(
                    out -> {
                      out.array("connections");
                      page.connections().forEach(each -> write(out, each));
                      out.end().flag("more", page.more());
                    }));
  }

  private static void write(JsonWriter out, OpenConnection connection) {
    out.object()
        .text("connection_id", connection.id().value())
        .value("user_id", connection.user().map(UserId::value).orElse(null))
        .text("dialect", connection.dialect())
        .text("node", connection.node().value())
        .time("since", connection.since())
        .text("ip", connection.address());
    write(out, connection.client());
    out.texts("rooms", connection.rooms())
        .number("bytes_in", connection.bytesIn())
        .number("bytes_out", connection.bytesOut())
        .end();
  }

  private static void write(JsonWriter out, ClientLabel client) {
    out.object("client")
        .value("client_type", client.type().orElse(null))
        .value("client_version", client.version().orElse(null))
        .value("device_id", client.device().orElse(null))
        .end();
  }

  private Future<Answer> disconnect(Asked asked) {
    ConnectionId connection =
        new ConnectionId(asked.path().text("connection_id", MAX_CONNECTION_ID));
    return domains.reach(new Disconnect(connection)).map(ConnectionCalls::toAnswer);
  }

  private static Answer toAnswer(int ended) {
    if (ended == 0) {
      throw new RejectedException(Rejection.of(ErrorCode.NOT_FOUND, "There is no such connection"));
    }
    return Answer.success();
  }

  private Future<Answer> shutDown(Asked asked) {
    Optional<Duration> grace =
        asked.body().optionalNumber("grace_seconds", 0, MAX_GRACE_SECONDS).map(Duration::ofSeconds);
    shutdown.accept(grace);
    return Future.succeededFuture(
        Answer.of(202, out -> out.flag("success", true).text("status", "draining")));
  }
}
