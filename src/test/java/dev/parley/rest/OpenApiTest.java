package dev.parley.rest;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The description is the table of routes, and its examples are what it says.
final class OpenApiTest {
  private static final OpenApi API = OpenApi.DESCRIPTION;
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  @Test
  void everyRouteIsDescribedAndEveryDescriptionHasARoute() {
    assertThat(API.calls()).containsExactlyInAnyOrderElementsOf(TestRoutes.names());
  }

  @Test
  void everyCallSaysWhoMayMakeIt() {
    for (Call call : TestRoutes.table()) {
      assertThat(API.operation(call.name()).getString("x-rights"))
          .as(call.name())
          .isEqualTo(call.rights().name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void everyCallThatReadsABodyIsDescribedWithOne() {
    for (Call call : TestRoutes.table()) {
      assertThat(API.body(call.name()).isPresent())
          .as(call.name())
          .isEqualTo(call.body() != Call.Body.NONE);
      API.body(call.name())
          .ifPresent(
              body ->
                  assertThat(body.getBoolean("required"))
                      .as(call.name())
                      .isEqualTo(call.body() == Call.Body.REQUIRED));
    }
  }

  @Test
  void everyParameterOfAPathIsDescribed() {
    for (String call : API.calls()) {
      Set<String> inPath =
          PARAMETER
              .matcher(call)
              .results()
              .map(found -> found.group(1))
              .collect(toCollection(TreeSet::new));
      Set<String> described =
          API.parameters(call, "path").stream()
              .map(parameter -> parameter.getString("name"))
              .collect(toCollection(TreeSet::new));
      assertThat(described).as(call).isEqualTo(inPath);
    }
  }

  @Test
  void everyErrorThatACallMayAnswerIsDescribed() {
    for (Call call : TestRoutes.table()) {
      Set<String> told = API.operation(call.name()).getJsonObject("responses").fieldNames();
      assertThat(told).as(call.name()).containsAll(expected(call));
    }
  }

  private static List<String> expected(Call call) {
    List<String> statuses = new ArrayList<>();
    switch (call.rights()) {
      case OPEN -> {}
      case VISITOR, GUEST, USER -> statuses.addAll(List.of("401", "429"));
      case SERVICE, ADMIN -> statuses.addAll(List.of("401", "403", "429"));
    }
    if (call.body() != Call.Body.NONE) {
      statuses.addAll(List.of("400", "413", "415", "422"));
    }
    if (call.path().contains(":")) {
      statuses.add("422");
    }
    return statuses;
  }

  @Test
  void everyBodyAndAnswerHasAnExampleThatFits() {
    for (String call : API.calls()) {
      API.body(call).ifPresent(body -> assertExamplesFit(call, body));
      for (Map.Entry<String, Object> response : API.operation(call).getJsonObject("responses")) {
        assertExamplesFit(
            call + " " + response.getKey(), API.resolve((JsonObject) response.getValue()));
      }
    }
  }

  private static void assertExamplesFit(String what, JsonObject bodyOrResponse) {
    JsonObject content = OpenApi.json(bodyOrResponse);
    List<Object> examples = OpenApi.examples(content);
    assertThat(examples).as(what).isNotEmpty();
    for (Object example : examples) {
      assertThat(API.faults(content.getJsonObject("schema"), example))
          .as("%s: %s", what, example)
          .isEmpty();
    }
  }

  @Test
  void everyCodeIsListed() {
    JsonArray codes =
        API.resolve(new JsonObject().put("$ref", "#/components/schemas/Code")).getJsonArray("enum");
    assertThat(codes.stream())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void everythingNamedExistsAndIsUsed() {
    JsonObject components = API.document().getJsonObject("components");
    Set<String> existing = new TreeSet<>();
    for (String kind : List.of("parameters", "requestBodies", "responses", "schemas")) {
      components.getJsonObject(kind).fieldNames().forEach(name -> existing.add(kind + "/" + name));
    }
    Set<String> used =
        Pattern.compile("#/components/(\\w+/\\w+)")
            .matcher(API.document().encode())
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(toCollection(TreeSet::new));
    assertThat(used).isEqualTo(existing);
  }
}
