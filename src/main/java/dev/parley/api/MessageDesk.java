package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionCommand.Count;
import dev.parley.protocol.ConnectionCommand.SendTo;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Fields;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Recipients.InRoom;
import dev.parley.protocol.Recipients.OneConnection;
import dev.parley.protocol.Recipients.OneUser;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.RecordMessage;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/// Brings a verticle's messages to clients, in every dialect as they were given.
final class MessageDesk {
  private static final int MAX_EXCEPT = 1_000;
  private static final int MAX_ID_CHARS = 128;

  private final DomainCalls domains;

  MessageDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> toRoom(JsonObject body) {
    Fields in = Body.of(body, "room", "message", "except", "durable");
    RoomName room = in.room("room");
    JsonObject message = Body.message(in);
    Set<ConnectionId> except = except(in);
    if (!in.flag("durable", false)) {
      return send(new InRoom(room, except), message).map(MessageDesk::reached);
    }
    if (!except.isEmpty()) {
      throw Fields.wrong("except", "cannot be there if durable: history is the same for all");
    }
    return domains
        .reach(new Count(new InRoom(room, Set.of())))
        .compose(recipients -> keep(room, message, recipients));
  }

  private Future<JsonObject> keep(RoomName room, JsonObject message, int recipients) {
    return domains
        .room(Caller.SERVER, room, new RecordMessage(room, message), Reply.Recorded.class)
        .map(recorded -> reached(recipients).put("seq", recorded.position().seq()));
  }

  /// What may wait is kept before it is delivered.
  Future<JsonObject> toUser(JsonObject body) {
    Fields in = Body.of(body, "user_id", "message", "queue_offline");
    UserId user = in.user("user_id");
    JsonObject message = Body.message(in);
    boolean queueOffline = in.flag("queue_offline", false);
    return (queueOffline ? domains.inbox(new SendDirect(user, message)) : toUser(user, message))
        .map(count -> delivered(count).put("queued", queueOffline && count == 0));
  }

  private Future<Integer> toUser(UserId user, JsonObject message) {
    return send(new OneUser(user), message);
  }

  Future<JsonObject> toConnection(JsonObject body) {
    Fields in = Body.of(body, "connection_id", "message");
    ConnectionId connection = new ConnectionId(in.text("connection_id", MAX_ID_CHARS));
    return send(new OneConnection(connection), Body.message(in)).map(MessageDesk::delivered);
  }

  Future<JsonObject> toAll(JsonObject body) {
    Fields in = Body.of(body, "message", "filter");
    JsonObject message = Body.message(in);
    return send(Filters.in(in), message).map(MessageDesk::reached);
  }

  Future<JsonObject> toAdmins(JsonObject body) {
    JsonValue notice = Body.notice(Body.of(body, "message"));
    return domains
        .reach(new Count(new InRoom(RoomName.ADMIN, Set.of())))
        .compose(recipients -> tellAdmins(notice, recipients));
  }

  private Future<JsonObject> tellAdmins(JsonValue notice, int recipients) {
    BroadcastToRoom command =
        new BroadcastToRoom(
            RoomName.ADMIN, RoomMessage.ADMIN_BROADCAST, notice, JsonValue.NULL, false);
    return domains
        .room(Caller.SERVER, RoomName.ADMIN, command, Reply.Done.class)
        .map(_ -> reached(recipients));
  }

  private Future<Integer> send(Recipients recipients, JsonObject message) {
    return domains.reach(new SendTo(recipients, message));
  }

  private static Set<ConnectionId> except(Fields in) {
    List<String> ids = in.texts("except", MAX_EXCEPT, MAX_ID_CHARS);
    return Set.copyOf(ids.stream().map(ConnectionId::new).toList());
  }

  private static JsonObject reached(int recipients) {
    return new JsonObject().put("recipients", recipients);
  }

  private static JsonObject delivered(int connections) {
    return new JsonObject().put("delivered", connections > 0);
  }
}
