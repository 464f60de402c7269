package dev.parley.rest;

import dev.parley.dialect.JsonSchema;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The description of the REST calls, as `webroot/openapi.yaml` has it.
final class OpenApi {
  static final OpenApi DESCRIPTION = load();

  private final JsonObject document;
  private final JsonSchema schemas;
  private final Map<String, JsonObject> operations = new LinkedHashMap<>();

  private OpenApi(JsonObject document) {
    this.document = document;
    this.schemas = new JsonSchema(document);
    for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
      for (Map.Entry<String, Object> operation : (JsonObject) path.getValue()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        operations.put(method + " " + path.getKey(), (JsonObject) operation.getValue());
      }
    }
  }

  /// As `GET /path/{parameter}`.
  List<String> calls() {
    return List.copyOf(operations.keySet());
  }

  JsonObject operation(String call) {
    return Objects.requireNonNull(operations.get(call), call);
  }

  JsonObject document() {
    return document;
  }

  JsonObject resolve(JsonObject schema) {
    return schemas.resolve(schema);
  }

  List<String> faults(JsonObject schema, @Nullable Object value) {
    return schemas.faults(schema, value);
  }

  /// The call that a request makes: where two fit, the one with fewer parameters.
  Optional<String> find(String method, String path) {
    return operations.keySet().stream()
        .filter(call -> call.startsWith(method + " ") && path.matches(patternOf(call)))
        .min(Comparator.comparingLong(call -> call.chars().filter(c -> c == '{').count()));
  }

  List<JsonObject> parameters(String call, String in) {
    return operation(call).getJsonArray("parameters", new JsonArray()).stream()
        .map(parameter -> resolve((JsonObject) parameter))
        .filter(parameter -> parameter.getString("in").equals(in))
        .toList();
  }

  /// What is said of the body, if the call has one.
  Optional<JsonObject> body(String call) {
    return Optional.ofNullable(operation(call).getJsonObject("requestBody")).map(this::resolve);
  }

  Optional<JsonObject> response(String call, int status) {
    return Optional.ofNullable(
            operation(call).getJsonObject("responses").getJsonObject(Integer.toString(status)))
        .map(this::resolve);
  }

  static JsonObject json(JsonObject bodyOrResponse) {
    return bodyOrResponse.getJsonObject("content").getJsonObject("application/json");
  }

  static List<Object> examples(JsonObject content) {
    List<Object> examples = new ArrayList<>();
    Stream.ofNullable(content.getValue("example")).forEach(examples::add);
    for (Map.Entry<String, Object> named : content.getJsonObject("examples", new JsonObject())) {
      examples.add(((JsonObject) named.getValue()).getValue("value"));
    }
    return examples;
  }

  private static String patternOf(String call) {
    return call.substring(call.indexOf(' ') + 1).replaceAll("\\{\\w+}", "[^/]+");
  }

  /// As trees of JSON, whatever YAML made of it.
  private static OpenApi load() {
    try {
      Object yaml =
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(Path.of("webroot/openapi.yaml")));
      return new OpenApi(JsonFormat.TEXT.decode(JsonFormat.TEXT.encode(out -> out.value(yaml))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
