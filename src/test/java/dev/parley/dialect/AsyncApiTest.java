package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANNS_SESSION;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.RandomRecords;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.ListRooms;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `docs/asyncapi.yaml` says what the native dialect does, no more and no less.
final class AsyncApiTest {
  private static final Dialect DIALECT = NativeDialect.json(DialectLimits.DEFAULTS, Samples.CLOCK);
  private static final JsonValue ID = new JsonValue("q1");

  private final JsonObject document = load();
  private final JsonObject messages =
      document.getJsonObject("components").getJsonObject("messages");
  private final JsonSchema schemas = new JsonSchema(document);
  private final JsonObject operations = document.getJsonObject("operations");
  private final Set<String> commands = named(operations.getJsonObject("ask"));
  private final Set<String> answers = named(operations.getJsonObject("ask").getJsonObject("reply"));
  private final Set<String> events = named(operations.getJsonObject("tell"));

  @Test
  void everyMessageBelongsToAnOperationAndTheChannel() {
    Set<String> all = new TreeSet<>(commands);
    all.addAll(answers);
    all.addAll(events);
    assertThat(messages.fieldNames()).containsExactlyInAnyOrderElementsOf(all);
    JsonObject channel = document.getJsonObject("channels").getJsonObject("parley");
    assertThat(channel.getJsonObject("messages").fieldNames()).isEqualTo(messages.fieldNames());
  }

  @Test
  void everyExampleFitsItsSchema() {
    for (String name : messages.fieldNames()) {
      assertThat(examples(name)).as(name).isNotEmpty();
      for (JsonObject example : examples(name)) {
        assertThat(schemas.faults(payload(name), example)).as("%s: %s", name, example).isEmpty();
      }
    }
  }

  @Test
  void everyCommandOfTheDialectIsDescribed() {
    Set<String> understood =
        NativeDialectTest.commands()
            .filter(row -> !(row.get()[1] instanceof CustomCommand))
            .map(row -> new JsonObject((String) row.get()[0]).getString("type"))
            .collect(toCollection(TreeSet::new));
    assertThat(commands).isEqualTo(understood);
  }

  @Test
  void everyDescribedCommandIsUnderstood() {
    for (String name : commands) {
      for (JsonObject example : examples(name)) {
        assertThat(DIALECT.decode(Samples.frame(example.encode()), ANNS_SESSION))
            .as(example.encode())
            .isInstanceOfSatisfying(
                Decoded.Commands.class,
                decoded ->
                    assertThat(decoded.commands()).noneMatch(CustomCommand.class::isInstance));
      }
    }
  }

  @Test
  void whatACommandRequiresCannotBeLeftOut() {
    for (String name : commands) {
      for (Object field : payload(name).getJsonArray("required")) {
        JsonObject lacking = examples(name).getFirst().copy();
        lacking.remove((String) field);
        Samples.assertRefused(DIALECT, lacking.encode(), "VALIDATION_FAILED " + field);
      }
    }
  }

  @Test
  void everyEventFitsItsDescription() throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    Set<String> told = new TreeSet<>();
    for (Class<?> type : RandomRecords.recordsOf(Event.class)) {
      for (int i = 0; i < 50; i++) {
        Event event = (Event) records.make(type);
        boolean asGiven = type.getSimpleName().equals("CustomMessage");
        boolean durable = isDurable(type);
        for (OutFrame frame :
            DIALECT.encode(durable ? Samples.stored(event) : Samples.live(event))) {
          if (!asGiven) {
            told.add(assertFitsEvent(JsonFormat.TEXT.decode(frame.payload()), seed));
          }
        }
      }
    }
    assertThat(told).isEqualTo(events);
  }

  @Test
  void everyReplyFitsOneOfTheDescriptions() throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    Set<String> fitted = new TreeSet<>(Set.of("error"));
    for (Class<?> type : RandomRecords.recordsOf(Reply.class)) {
      for (int i = 0; i < 50 && !type.equals(Reply.Custom.class); i++) {
        Reply reply = (Reply) records.make(type);
        JsonObject frame = only(DIALECT.encode(new ListRooms(), reply, ID, ANNS_SESSION));
        List<String> fitting = answers.stream().filter(name -> fits(name, frame)).toList();
        assertThat(fitting).as("seed %d: %s", seed, frame).isNotEmpty();
        fitted.addAll(fitting);
      }
    }
    assertThat(fitted).isEqualTo(answers);
  }

  @Test
  void everyErrorFitsItsDescription() throws IOException {
    JsonArray codes =
        schemas
            .resolve(new JsonObject().put("$ref", "#/components/schemas/code"))
            .getJsonArray("enum");
    assertThat(codes.stream())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ErrorCode.values()).map(Enum::name).toList());
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    for (int i = 0; i < 200; i++) {
      JsonObject frame = only(DIALECT.encode(records.make(Rejection.class), ID));
      assertThat(schemas.faults(payload("error"), frame)).as("seed %d: %s", seed, frame).isEmpty();
    }
  }

  @Test
  void everyAnswerThatIsAnExampleHasTheIdOfACommand() {
    for (String name : answers) {
      assertThat(examples(name)).as(name).allMatch(example -> example.containsKey("id"));
    }
  }

  @Test
  void whatThePageSaysFitsToo() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs/protocol.md"));
    assertThat(lines).anyMatch(line -> line.startsWith("→ ")).anyMatch(l -> l.startsWith("← "));
    for (String line : lines) {
      if (line.startsWith("→ ")) {
        assertAsked(new JsonObject(line.substring(2)));
      } else if (line.startsWith("← ")) {
        assertTold(new JsonObject(line.substring(2)));
      }
    }
  }

  /// One of the page's commands is refused on purpose: it shows the error.
  private void assertAsked(JsonObject frame) {
    String type = frame.getString("type");
    List<String> faults = schemas.faults(payload(type), frame);
    boolean shown = faults.isEmpty() || faults.equals(List.of("$.content missing"));
    assertThat(shown).as("%s: %s", frame, faults).isTrue();
  }

  private void assertTold(JsonObject frame) {
    Set<String> told = new TreeSet<>(answers);
    told.addAll(events);
    assertThat(told).as(frame.encode()).anyMatch(name -> fits(name, frame));
  }

  private boolean fits(String name, JsonObject frame) {
    return schemas.faults(payload(name), frame).isEmpty();
  }

  /// The name of the description that it fits.
  private String assertFitsEvent(JsonObject frame, long seed) {
    String type = frame.getString("type");
    String name = events.contains("event." + type) ? "event." + type : type;
    assertThat(events).as("seed %d: %s", seed, frame).contains(name);
    assertThat(schemas.faults(payload(name), frame)).as("seed %d: %s", seed, frame).isEmpty();
    return name;
  }

  private boolean isDurable(Class<?> type) {
    return Set.of(
            "ChatPosted", "ChatEdited", "ChatDeleted", "ChatReacted", "RoomGranted", "RoomRevoked")
        .contains(type.getSimpleName());
  }

  private JsonObject payload(String message) {
    return messages.getJsonObject(message).getJsonObject("payload");
  }

  private List<JsonObject> examples(String message) {
    List<JsonObject> examples = new ArrayList<>();
    JsonArray given = messages.getJsonObject(message).getJsonArray("examples");
    for (int i = 0; i < given.size(); i++) {
      examples.add(given.getJsonObject(i).getJsonObject("payload"));
    }
    return examples;
  }

  private static JsonObject only(List<OutFrame> frames) throws IOException {
    assertThat(frames).hasSize(1);
    return JsonFormat.TEXT.decode(frames.getFirst().payload());
  }

  /// The last parts of the references to an operation's messages.
  private static Set<String> named(JsonObject operation) {
    return operation.getJsonArray("messages").stream()
        .map(reference -> ((JsonObject) reference).getString("$ref"))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .collect(toCollection(TreeSet::new));
  }

  /// As trees of JSON, whatever YAML made of it.
  private static JsonObject load() {
    try {
      Object yaml =
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(Path.of("docs/asyncapi.yaml")));
      return JsonFormat.TEXT.decode(JsonFormat.TEXT.encode(out -> out.value(yaml)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
