package dev.parley.rest;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestNode;
import dev.parley.rest.Rest.Answered;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is wrong with calls, and what is said of it. Most rows follow from the description: each
/// parameter and each field left out, of the wrong type, too long, out of range. So a new call has
/// its rows as soon as it is described, which [OpenApiTest] demands.
final class BadInputTest {
  private static final int MAX_BODY = 512 << 10;
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");
  private static final OpenApi API = OpenApi.DESCRIPTION;

  private static TestNode node;
  private static Rest nobody;
  private static Rest admin;

  /// @param field that must be named; empty for none
  private record Row(
      String call,
      Rest by,
      String method,
      String path,
      Optional<String> body,
      int status,
      String code,
      Optional<String> field) {
    static Row of(
        String call, Rest by, String path, Optional<String> body, int status, String code) {
      return new Row(call, by, methodOf(call), path, body, status, code, Optional.empty());
    }

    static Row invalid(String call, String path, Optional<String> body, String field) {
      return new Row(
          call, admin, methodOf(call), path, body, 422, "VALIDATION_FAILED", Optional.of(field));
    }

    @Override
    public String toString() {
      String sent = body.map(text -> text.length() > 300 ? "…" : text).orElse("");
      return method + " " + path + " " + sent;
    }
  }

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            "limits.rest_requests", "1000000",
            "limits.failed_authentications", "1000000",
            "http.max_body_bytes", Integer.toString(MAX_BODY));
    nobody = new Rest(node.port());
    admin = nobody.as(node.token("root", "admin"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void whoeverMayNotIsTold() {
    check(API.calls().stream().flatMap(BadInputTest::rights));
  }

  @Test
  void aWrongMethodIsToldWithTheRightOnes() {
    for (String call : API.calls()) {
      for (String method : METHODS) {
        if (API.find(method, pathOf(call)).isEmpty()) {
          Answered answered = admin.ask(method, pathOf(call), Optional.empty());
          assertThat(answered.status()).as("%s %s", method, pathOf(call)).isEqualTo(405);
          assertThat(answered.header("Allow").orElse("")).contains(methodOf(call));
          assertThat(answered.error().getString("code")).isEqualTo("NOT_FOUND");
        }
      }
    }
  }

  @Test
  void aBodyThatIsNoObjectIsRefused() {
    check(API.calls().stream().flatMap(BadInputTest::malformedBodies));
  }

  @Test
  void aWrongFieldOfABodyIsNamed() {
    check(API.calls().stream().flatMap(BadInputTest::wrongFields));
  }

  @Test
  void aWrongParameterOfAQueryIsNamed() {
    check(API.calls().stream().flatMap(call -> wrongParameters(call, "query")));
  }

  @Test
  void aWrongParameterOfAPathIsNamed() {
    check(API.calls().stream().flatMap(call -> wrongParameters(call, "path")));
  }

  @Test
  void whatDoesNotExistOrMayNotBeEnteredIsTold() {
    Rest user = nobody.as(node.token("ann"));
    String ids = "{\"message_ids\":[1]}";
    String large = "{\"type\":\"t\",\"data\":\"" + "x".repeat(300 << 10) + "\"}";
    JsonObject joined =
        node.client("ann").ask(new JsonObject().put("type", "room.join").put("room", "r"));
    assertThat(joined.getString("type")).isEqualTo("ok");
    check(
        Stream.of(
            known("GET /ws/rooms/{room}/messages", user, "order_9", 403, "PERMISSION_DENIED"),
            known("GET /ws/rooms/{room}/messages", user, "nowhere", 404, "ROOM_NOT_FOUND"),
            known("GET /ws/rooms/{room}/messages", user, "user_a_b", 403, "PERMISSION_DENIED"),
            known(
                "GET /ws/rooms/{room}/messages", user, "background_jobs", 422, "VALIDATION_FAILED"),
            known("GET /api/ws/rooms/{room_id}", user, "order_9", 403, "PERMISSION_DENIED"),
            known("GET /api/ws/rooms/{room_id}", user, "nowhere", 404, "ROOM_NOT_FOUND"),
            known("DELETE /api/v1/notifications/{id}", user, "unknown", 404, "NOT_FOUND"),
            known("POST /api/v1/notifications/{id}/read", user, "unknown", 404, "NOT_FOUND"),
            known("DELETE /api/v1/ws/connections/{connection_id}", admin, "n-1", 404, "NOT_FOUND"),
            Row.of(
                "POST /ws/rooms/{room}/mark-read",
                user,
                "/ws/rooms/order_9/mark-read",
                Optional.of(ids),
                403,
                "PERMISSION_DENIED"),
            Row.of(
                "POST /ws/rooms/{room}/mark-read",
                user,
                "/ws/rooms/nowhere/mark-read",
                Optional.of(ids),
                404,
                "ROOM_NOT_FOUND"),
            Row.of(
                "POST /api/v1/ws/rooms/{room}/broadcast",
                admin,
                "/api/v1/ws/rooms/r/broadcast",
                Optional.of(large),
                413,
                "MESSAGE_TOO_LARGE"),
            Row.invalid(
                "POST /ws/rooms/{room}/mark-read",
                "/ws/rooms/r/mark-read",
                Optional.of("{\"message_ids\":[0]}"),
                "message_ids"),
            Row.invalid(
                "GET /ws/rooms/{room}/messages",
                "/ws/rooms/r/messages?after=1&offset=1",
                Optional.empty(),
                "offset")));
  }

  @Test
  void whatIsNoCallIsNotFoundInTheShapeOfItsPath() {
    Answered connect = admin.ask("GET", "/ws/nothing", Optional.empty());
    assertThat(connect.status()).isEqualTo(404);
    assertThat(connect.json().getString("status")).isEqualTo("error");
    Answered other = admin.ask("GET", "/api/v1/nothing", Optional.empty());
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.json().getString("code")).isEqualTo("NOT_FOUND");
    assertThat(other.json().getString("error")).isNotEmpty();
  }

  @Test
  void everyCallHasItsRows() {
    Set<String> withRows =
        API.calls().stream()
            .flatMap(
                call ->
                    Stream.of(
                            rights(call),
                            malformedBodies(call),
                            wrongFields(call),
                            wrongParameters(call, "query"),
                            wrongParameters(call, "path"))
                        .flatMap(rows -> rows))
            .map(Row::call)
            .collect(toCollection(TreeSet::new));
    Set<String> calls = new TreeSet<>(API.calls());
    calls.removeIf(call -> call.endsWith("health") || call.startsWith("GET /health/"));
    assertThat(withRows).as("what reads nothing cannot be asked wrongly").isEqualTo(calls);
  }

  // --- rows ---

  private static Stream<Row> rights(String call) {
    List<Row> rows = new ArrayList<>();
    String rights = API.operation(call).getString("x-rights");
    if (!rights.equals("open")) {
      Rest stranger = nobody.as("no.good.token");
      Rest badly = nobody.with("Authorization", "Basic cm9vdDpyb290");
      rows.add(refused(call, stranger, 401, "AUTHENTICATION_FAILED"));
      rows.add(refused(call, badly, 401, "AUTHENTICATION_FAILED"));
    }
    if (!Set.of("open", "visitor", "guest").contains(rights)) {
      rows.add(refused(call, nobody, 401, "AUTHENTICATION_FAILED"));
    }
    if (Set.of("admin", "service").contains(rights)) {
      Rest user = nobody.as(node.token("ann", "editor"));
      rows.add(refused(call, user, 403, "PERMISSION_DENIED"));
    }
    if (rights.equals("admin")) {
      Rest service = nobody.as(node.token("worker", "service"));
      rows.add(refused(call, service, 403, "PERMISSION_DENIED"));
    }
    return rows.stream();
  }

  private static Row refused(String call, Rest by, int status, String code) {
    return Row.of(call, by, pathOf(call), good(call).map(JsonObject::encode), status, code);
  }

  private static Stream<Row> malformedBodies(String call) {
    Optional<JsonObject> good = good(call);
    if (good.isEmpty()) {
      return Stream.empty();
    }
    String path = pathOf(call);
    String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    Stream<Row> malformed =
        Stream.of("{", "[1]", "\"text\"", "null", "{} {}", "{\"a\":1e999}", deep)
            .map(body -> Row.of(call, admin, path, Optional.of(body), 400, "INVALID_JSON"));
    String large = good.get().copy().put("padding", "x".repeat(MAX_BODY)).encode();
    Rest form = admin.with("Content-Type", "application/x-www-form-urlencoded");
    List<Row> others = new ArrayList<>();
    others.add(Row.of(call, admin, path, Optional.of(large), 413, "MESSAGE_TOO_LARGE"));
    others.add(Row.of(call, form, path, good.map(JsonObject::encode), 415, "INVALID_JSON"));
    if (API.body(call).orElseThrow().getBoolean("required")) {
      others.add(Row.of(call, admin, path, Optional.empty(), 400, "INVALID_JSON"));
    }
    return Stream.concat(malformed, others.stream());
  }

  private static Stream<Row> wrongFields(String call) {
    return good(call).stream().flatMap(good -> wrongFields(call, good));
  }

  private static Stream<Row> wrongFields(String call, JsonObject good) {
    JsonObject schema =
        API.resolve(OpenApi.json(API.body(call).orElseThrow()).getJsonObject("schema"));
    List<Row> rows = new ArrayList<>();
    for (Object name : schema.getJsonArray("required", new JsonArray())) {
      JsonObject lacking = good.copy();
      lacking.remove((String) name);
      rows.add(Row.invalid(call, pathOf(call), Optional.of(lacking.encode()), (String) name));
    }
    for (Map.Entry<String, Object> field : schema.getJsonObject("properties")) {
      for (Object wrong : wrongValues(API.resolve((JsonObject) field.getValue()))) {
        String body = good.copy().put(field.getKey(), wrong).encode();
        rows.add(Row.invalid(call, pathOf(call), Optional.of(body), field.getKey()));
      }
    }
    return rows.stream();
  }

  /// In JSON.
  private static List<Object> wrongValues(JsonObject schema) {
    List<Object> wrong = new ArrayList<>();
    switch (schema.getString("type", "any")) {
      case "string" -> {
        wrong.add(true);
        wrong.add(new JsonObject());
        wrong.addAll(wrongTexts(schema));
        if (schema.getInteger("minLength", 0) > 0) {
          wrong.add("");
        }
      }
      case "integer", "number" -> {
        wrong.add("text");
        wrong.addAll(outOfRange(schema));
      }
      case "array" -> {
        wrong.add("text");
        wrong.add(JsonArray.of(true));
        wrong.addAll(wrongSizes(schema));
      }
      case "object" -> wrong.add("text");
      default -> {}
    }
    return wrong;
  }

  private static List<Object> wrongTexts(JsonObject schema) {
    List<Object> wrong = new ArrayList<>();
    if (schema.containsKey("enum")) {
      wrong.add("nonsense");
    }
    if (schema.containsKey("pattern")) {
      wrong.add("no name!");
      wrong.add("x".repeat(200));
    }
    if (schema.containsKey("maxLength")) {
      wrong.add("x".repeat(schema.getInteger("maxLength") + 1));
    }
    return wrong;
  }

  private static List<Object> outOfRange(JsonObject schema) {
    List<Object> wrong = new ArrayList<>();
    if (schema.containsKey("minimum")) {
      wrong.add(schema.getInteger("minimum") - 1);
    }
    if (schema.containsKey("maximum")) {
      wrong.add(schema.getInteger("maximum") + 1);
    }
    return wrong;
  }

  private static List<Object> wrongSizes(JsonObject schema) {
    List<Object> wrong = new ArrayList<>();
    if (schema.getInteger("minItems", 0) > 0) {
      wrong.add(new JsonArray());
    }
    if (schema.containsKey("maxItems")) {
      int size = schema.getInteger("maxItems") + 1;
      wrong.add(new JsonArray(IntStream.rangeClosed(1, size).mapToObj(i -> "x" + i).toList()));
    }
    return wrong;
  }

  private static Stream<Row> wrongParameters(String call, String in) {
    List<Row> rows = new ArrayList<>();
    for (JsonObject parameter : API.parameters(call, in)) {
      String name = parameter.getString("name");
      for (String wrong : wrongWords(API.resolve(parameter.getJsonObject("schema")))) {
        String path =
            in.equals("query")
                ? pathOf(call) + "?" + name + "=" + encoded(wrong)
                : pathOf(call, name, encoded(wrong));
        rows.add(Row.invalid(call, path, good(call).map(JsonObject::encode), name));
      }
    }
    return rows.stream();
  }

  /// In a path or a query.
  private static List<String> wrongWords(JsonObject schema) {
    List<Object> wrong = new ArrayList<>();
    switch (schema.getString("type")) {
      case "integer" -> {
        wrong.addAll(List.of("many", "1.5", "99999999999999999999"));
        wrong.addAll(outOfRange(schema));
      }
      case "boolean" -> wrong.add("perhaps");
      default -> wrong.addAll(wrongTexts(schema));
    }
    return wrong.stream().map(Object::toString).toList();
  }

  private static String encoded(String text) {
    return text.replace(" ", "%20");
  }

  private static Row known(String call, Rest by, String parameter, int status, String code) {
    String path = call.substring(call.indexOf(' ') + 1).replaceAll("\\{\\w+}", parameter);
    return Row.of(call, by, path, Optional.empty(), status, code);
  }

  private static Optional<JsonObject> good(String call) {
    return API.body(call)
        .map(OpenApi::json)
        .map(content -> (JsonObject) OpenApi.examples(content).getFirst());
  }

  private static String methodOf(String call) {
    return call.substring(0, call.indexOf(' '));
  }

  private static String pathOf(String call) {
    return call.substring(call.indexOf(' ') + 1).replaceAll("\\{\\w+}", "known");
  }

  private static String pathOf(String call, String parameter, String value) {
    return call.substring(call.indexOf(' ') + 1)
        .replace("{" + parameter + "}", value)
        .replaceAll("\\{\\w+}", "known");
  }

  private static void check(Stream<Row> rows) {
    List<String> faults = rows.flatMap(row -> faultOf(row).stream()).toList();
    assertThat(faults).isEmpty();
  }

  private static Optional<String> faultOf(Row row) {
    Answered answered = row.by().call(row.method(), row.path(), row.body());
    JsonObject error = answered.status() < 400 ? new JsonObject() : answered.error();
    boolean asExpected =
        answered.status() == row.status()
            && row.code().equals(error.getString("code"))
            && row.field()
                .equals(
                    row.field().isEmpty()
                        ? Optional.empty()
                        : Optional.ofNullable(error.getString("field")));
    return asExpected
        ? Optional.empty()
        : Optional.of(row + " → " + answered.status() + " " + answered.text());
  }
}
