package dev.parley.bus;

import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Fields;
import dev.parley.protocol.NotificationJson;
import dev.parley.protocol.Recipients;
import dev.parley.protocol.Recipients.Hearing;
import dev.parley.protocol.Recipients.InRoom;
import dev.parley.protocol.Recipients.Matching;
import dev.parley.protocol.Recipients.OneConnection;
import dev.parley.protocol.Recipients.OneUser;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Whom a message is for, as one node tells another. Sets are sorted; empty ones are left out.
final class RecipientsJson {
  private static final int ANY = Integer.MAX_VALUE;
  private static final String KIND = "kind";

  private RecipientsJson() {}

  static JsonObject of(Recipients recipients) {
    return switch (recipients) {
      case OneConnection(var connection) ->
          json("connection").put("connection", connection.value());
      case OneUser(var user) -> json("user").put("user", user.value());
      case InRoom(var room, var except) -> {
        JsonObject json = json("room").put("room", room.value());
        put(json, "except", except);
        yield json;
      }
      case Matching matching -> of(matching);
      case Hearing(var notification) ->
          json("hearing").put("notification", NotificationJson.toJson(notification));
    };
  }

  private static JsonObject of(Matching matching) {
    JsonObject json = json("matching");
    put(json, "roles", matching.roles());
    put(json, "users", matching.users());
    put(json, "rooms", matching.rooms());
    put(json, "dialects", matching.dialects());
    put(json, "exclude_users", matching.excludedUsers());
    return json;
  }

  static Recipients read(Fields in) {
    String kind = in.text(KIND, 64);
    return switch (kind) {
      case "connection" -> new OneConnection(new ConnectionId(in.text("connection", ANY)));
      case "user" -> new OneUser(in.user("user"));
      case "room" -> new InRoom(in.room("room"), connections(in));
      case "matching" ->
          new Matching(
              texts(in, "roles"),
              users(in, "users"),
              rooms(in),
              texts(in, "dialects"),
              users(in, "exclude_users"));
      case "hearing" -> new Hearing(NotificationJson.read(in.fields("notification")));
      default -> throw Fields.wrong(KIND, "is unknown here: " + kind);
    };
  }

  private static JsonObject json(String kind) {
    return new JsonObject().put(KIND, kind);
  }

  private static void put(JsonObject json, String name, Collection<?> values) {
    if (!values.isEmpty()) {
      List<String> sorted = values.stream().map(Object::toString).sorted().toList();
      json.put(name, new JsonArray(sorted));
    }
  }

  private static Set<String> texts(Fields in, String name) {
    return Set.copyOf(in.texts(name, ANY, ANY));
  }

  private static Set<UserId> users(Fields in, String name) {
    return Set.copyOf(in.users(name, ANY));
  }

  private static Set<ConnectionId> connections(Fields in) {
    return Set.copyOf(
        in.list("except", ANY, each -> new ConnectionId(Fields.asText("except", each, ANY))));
  }

  private static Set<RoomName> rooms(Fields in) {
    return Set.copyOf(in.list("rooms", ANY, RecipientsJson::room));
  }

  private static RoomName room(Object element) {
    return RoomName.parse(Fields.asText("rooms", element, ANY))
        .orElseThrow(() -> Fields.wrong("rooms", "names what is no room"));
  }
}
