package dev.parley.dialect;

import dev.parley.protocol.JsonValue;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;

/// By what older clients know an answer again: `id`, or `request_id`, given back under the name it
/// came with. Carried as an object of the two.
final class Correlation {
  private static final String ID = "id";
  private static final String REQUEST_ID = "request_id";

  private Correlation() {}

  static JsonValue of(JsonObject frame) {
    String name = frame.getValue(ID) != null ? ID : REQUEST_ID;
    Object value = frame.getValue(name);
    return value == null ? JsonValue.NULL : new JsonValue(new JsonObject().put(name, value));
  }

  /// Writes it into the open object, if there is one.
  static void write(JsonWriter out, JsonValue correlation) {
    if (correlation.raw() instanceof JsonObject named) {
      out.all(named);
    }
  }
}
