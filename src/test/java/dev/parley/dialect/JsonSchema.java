package dev.parley.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares values with the schemas of an AsyncAPI or OpenAPI document: the part of JSON Schema
/// that ours use. Stricter in one point: a field that a schema with `properties` does not name is a
/// fault, because a document that does not tell of a field has drifted.
public final class JsonSchema {
  private final JsonObject document;

  public JsonSchema(JsonObject document) {
    this.document = document;
  }

  /// What is wrong with the value, by path; nothing if it fits.
  public List<String> faults(JsonObject schema, @Nullable Object value) {
    List<String> faults = new ArrayList<>();
    check("$", schema, value, faults);
    return faults;
  }

  public JsonObject resolve(JsonObject schema) {
    String reference = schema.getString("$ref");
    if (reference == null) {
      return schema;
    }
    JsonObject found = document;
    for (String name : reference.substring(2).split("/", -1)) {
      found = Objects.requireNonNull(found.getJsonObject(name), reference);
    }
    return resolve(found);
  }

  private void check(
      String path, JsonObject reference, @Nullable Object value, List<String> faults) {
    JsonObject schema = resolve(reference);
    expect(path + " type", isOfOneType(schema.getValue("type"), value), faults);
    expect(
        path + " const",
        !schema.containsKey("const") || schema.getValue("const").equals(value),
        faults);
    expect(path + " enum", allows(schema.getJsonArray("enum"), value), faults);
    Optional.ofNullable(schema.getJsonArray("oneOf"))
        .ifPresent(choices -> expect(path + " oneOf", fitsOne(choices, value), faults));
    Optional.ofNullable(schema.getJsonObject("not"))
        .ifPresent(not -> expect(path + " not", !faults(not, value).isEmpty(), faults));
    switch (value) {
      case JsonObject object -> checkObject(path, schema, object, faults);
      case JsonArray array -> checkArray(path, schema, array, faults);
      case String text -> checkText(path, schema, text, faults);
      case Number number ->
          within(path, schema, "minimum", "maximum", number.doubleValue(), faults);
      case null, default -> {}
    }
  }

  private void checkObject(String path, JsonObject schema, JsonObject object, List<String> faults) {
    for (Object name : schema.getJsonArray("required", new JsonArray())) {
      expect(path + "." + name + " missing", object.containsKey((String) name), faults);
    }
    JsonObject properties = schema.getJsonObject("properties");
    JsonObject others = schema.getJsonObject("additionalProperties");
    within(path, schema, "minProperties", "maxProperties", object.size(), faults);
    for (Map.Entry<String, Object> field : object) {
      String at = path + "." + field.getKey();
      JsonObject known =
          properties == null ? others : properties.getJsonObject(field.getKey(), others);
      expect(at + " unknown", known != null || properties == null, faults);
      if (known != null) {
        check(at, known, field.getValue(), faults);
      }
    }
  }

  private void checkArray(String path, JsonObject schema, JsonArray array, List<String> faults) {
    within(path, schema, "minItems", "maxItems", array.size(), faults);
    JsonObject items = schema.getJsonObject("items");
    for (int i = 0; items != null && i < array.size(); i++) {
      check(path + "[" + i + "]", items, array.getValue(i), faults);
    }
  }

  private static void checkText(String path, JsonObject schema, String text, List<String> faults) {
    within(path, schema, "minLength", "maxLength", text.length(), faults);
    String pattern = schema.getString("pattern");
    expect(path + " pattern", pattern == null || text.matches(pattern), faults);
  }

  private boolean fitsOne(JsonArray choices, @Nullable Object value) {
    return choices.stream().filter(c -> faults((JsonObject) c, value).isEmpty()).count() == 1;
  }

  private static void within(
      String path, JsonObject schema, String min, String max, double value, List<String> faults) {
    expect(path + " " + min, value >= schema.getDouble(min, -Double.MAX_VALUE), faults);
    expect(path + " " + max, value <= schema.getDouble(max, Double.MAX_VALUE), faults);
  }

  private static boolean isOfOneType(@Nullable Object types, @Nullable Object value) {
    return types instanceof JsonArray several
        ? several.stream().anyMatch(type -> isOfType((String) type, value))
        : isOfType((String) types, value);
  }

  private static boolean isOfType(@Nullable String type, @Nullable Object value) {
    return switch (type) {
      case null -> true;
      case "object" -> value instanceof JsonObject;
      case "array" -> value instanceof JsonArray;
      case "string" -> value instanceof String;
      case "null" -> value == null;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Integer || value instanceof Long;
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static boolean allows(@Nullable JsonArray words, @Nullable Object value) {
    return words == null || words.contains(value);
  }

  private static void expect(String what, boolean holds, List<String> faults) {
    if (!holds) {
      faults.add(what);
    }
  }
}
