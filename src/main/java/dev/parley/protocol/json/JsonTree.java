package dev.parley.protocol.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.errorprone.annotations.CheckReturnValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Reads a whole document into a tree. Of fields with the same name the last counts.
@CheckReturnValue
public final class JsonTree {
  private JsonTree() {}

  /// @param maxDepth how many objects and arrays may be open at once, the outermost included
  /// @throws IOException if it is anything but one object, or none that a reader can hold: deeper,
  ///   with a number beyond a double, with raw bytes
  public static JsonObject readObject(JsonParser in, int maxDepth) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "not an object");
    }
    JsonObject tree = object(in, maxDepth);
    if (in.nextToken() != null) {
      throw new JsonParseException(in, "more than one value");
    }
    return tree;
  }

  private static JsonObject object(JsonParser in, int depth) throws IOException {
    ensureDepth(in, depth);
    var fields = new LinkedHashMap<String, @Nullable Object>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = WellFormed.text(in.currentName());
      fields.put(name, value(in, in.nextToken(), depth - 1));
    }
    ensureEnd(in, JsonToken.END_OBJECT);
    return new JsonObject(fields);
  }

  private static JsonArray array(JsonParser in, int depth) throws IOException {
    ensureDepth(in, depth);
    var elements = new ArrayList<@Nullable Object>();
    for (JsonToken token = in.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = in.nextToken()) {
      elements.add(value(in, token, depth - 1));
    }
    ensureEnd(in, JsonToken.END_ARRAY);
    return new JsonArray(elements);
  }

  private static @Nullable Object value(JsonParser in, @Nullable JsonToken token, int depth)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> object(in, depth);
      case START_ARRAY -> array(in, depth);
      case VALUE_STRING -> WellFormed.text(in.getText());
      case VALUE_NUMBER_INT -> whole(in);
      case VALUE_NUMBER_FLOAT -> decimal(in);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new JsonParseException(in, "no JSON value");
    };
  }

  private static Number whole(JsonParser in) throws IOException {
    Number value = in.getNumberValue();
    if (value instanceof BigInteger big && Double.isInfinite(big.doubleValue())) {
      throw new JsonParseException(in, "number out of range");
    }
    return value;
  }

  private static double decimal(JsonParser in) throws IOException {
    Number value = in.getNumberValue();
    double decimal = value instanceof BigDecimal big ? big.doubleValue() : value.doubleValue();
    if (!Double.isFinite(decimal)) {
      throw new JsonParseException(in, "number out of range");
    }
    return decimal;
  }

  private static void ensureDepth(JsonParser in, int depth) throws IOException {
    if (depth <= 0) {
      throw new JsonParseException(in, "nested too deep");
    }
  }

  private static void ensureEnd(JsonParser in, JsonToken end) throws IOException {
    if (in.currentToken() != end) {
      throw new JsonParseException(in, "cut off");
    }
  }
}
