package dev.parley.bus;

import dev.parley.protocol.ClientLabel;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Fields;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.OpenConnection;
import dev.parley.protocol.RoomName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Connections as one node lists them to another.
final class OpenConnectionJson {
  private static final int ANY = Integer.MAX_VALUE;

  private OpenConnectionJson() {}

  static JsonArray write(List<OpenConnection> connections) {
    JsonArray array = new JsonArray();
    connections.forEach(each -> array.add(write(each)));
    return array;
  }

  static List<OpenConnection> read(Fields in, String name) {
    return in.list(name, ANY, each -> read(Fields.asFields(name, each)));
  }

  private static JsonObject write(OpenConnection connection) {
    JsonObject json =
        new JsonObject()
            .put("id", connection.id().value())
            .put("dialect", connection.dialect())
            .put("node", connection.node().value())
            .put("since", connection.since().toString())
            .put("address", connection.address())
            .put("rooms", new JsonArray(connection.rooms().stream().map(RoomName::value).toList()))
            .put("in", connection.bytesIn())
            .put("out", connection.bytesOut());
    connection.user().ifPresent(user -> json.put("user", user.value()));
    connection.client().type().ifPresent(type -> json.put("client_type", type));
    connection.client().version().ifPresent(version -> json.put("client_version", version));
    connection.client().device().ifPresent(device -> json.put("device", device));
    return json;
  }

  private static OpenConnection read(Fields in) {
    return new OpenConnection(
        new ConnectionId(in.text("id", ANY)),
        in.optionalUser("user"),
        in.text("dialect", ANY),
        new NodeId(in.text("node", ANY)),
        in.time("since"),
        in.anyText("address", ANY),
        new ClientLabel(
            in.optionalText("client_type", ANY),
            in.optionalText("client_version", ANY),
            in.optionalText("device", ANY)),
        in.texts("rooms", ANY, ANY).stream().map(RoomName::new).toList(),
        in.number("in", 0, Long.MAX_VALUE),
        in.number("out", 0, Long.MAX_VALUE));
  }
}
