package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.assertRefused;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Command;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MetricsCommand.UnwatchMetrics;
import dev.parley.protocol.MetricsCommand.WatchMetrics;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.BusinessUpdated;
import dev.parley.protocol.OperationsEvent.ProcessingCompleted;
import dev.parley.protocol.OperationsEvent.ProcessingStarted;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.Reply.Sampled;
import dev.parley.protocol.RoomCommand.UnwatchRoom;
import dev.parley.protocol.RoomCommand.WatchRoom;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.SystemSample.Cpu;
import dev.parley.protocol.SystemSample.Disk;
import dev.parley.protocol.SystemSample.Memory;
import dev.parley.protocol.SystemSample.Network;
import dev.parley.protocol.TopicName;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How older clients subscribe to machines and business, and what they hear.
final class OperationsWordsTest {
  private static final Dialect CONNECT = new ConnectDialect(DialectLimits.DEFAULTS, CLOCK);
  private static final Dialect NEXUS = new NexusDialect(DialectLimits.DEFAULTS, CLOCK);
  private static final Dialect NATIVE = NativeDialect.json(DialectLimits.DEFAULTS, CLOCK);

  private static final SystemSample SAMPLE =
      new SystemSample(
          new Cpu(12.5, 2, List.of(20.0, 5.0), List.of(0.5, 0.25, 0.1)),
          new Memory(1_000, 400, 600, 40),
          new Disk(10_000, 9_250, 750, 92.5),
          new Network(5, 6, 0.5, 7),
          new SystemSample.ServerProcess(123, 45, 67),
          new NodeId("n1"),
          AT);
  private static final String SYSTEM_METRICS =
      """
      {"type":"system_metrics","data":{\
      "cpu":{"percent":12.5,"cores":2,"load_average":[0.5,0.25,0.1]},\
      "memory":{"total":1000,"used":400,"available":600,"percent":40},\
      "disk":{"total":10000,"used":9250,"free":750,"percent":92.5},\
      "network":{"bytes_sent":5,"bytes_received":6,"send_rate":0.5,"receive_rate":7},\
      "process":{"heap_used":123,"connections":45,"uptime_seconds":67}},\
      "node":"n1","timestamp":"2025-01-31T09:08:07.060Z"}\
      """;
  private static final AlertRaised ALERT =
      new AlertRaised(
          "disk_space",
          Severity.CRITICAL,
          "Disk usage above 90%",
          new JsonObject().put("usage", 92.5),
          AT);

  static Stream<Arguments> commands() {
    return Stream.of(
        command("subscribe_system_metrics'", new WatchMetrics()),
        command("unsubscribe_system_metrics'", new UnwatchMetrics()),
        command("subscribe_document_updates'", watch("document_updates_ann")),
        command("subscribe_document_updates','all':false", watch("document_updates_ann")),
        command("subscribe_document_updates','all':true", watch("all_document_updates")),
        command("unsubscribe_document_updates'", unwatch("document_updates_ann")),
        command("unsubscribe_document_updates','all':true", unwatch("all_document_updates")),
        command("subscribe_order_updates','order_id':123", watch("order_123")),
        command("subscribe_order_updates','order_id':'A-7'", watch("order_A-7")),
        command("unsubscribe_order_updates','order_id':123", unwatch("order_123")),
        command("subscribe_quote_updates','quote_id':5", watch("quote_5")),
        command("unsubscribe_quote_updates','quote_id':5", unwatch("quote_5")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatConnectSubscribesToIsARoom(String json, Command command) {
    assertMeans(CONNECT, ANNS_SESSION, json, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'subscribe_order_updates'}                     | VALIDATION_FAILED order_id
          {'type':'subscribe_order_updates','order_id':''}       | VALIDATION_FAILED order_id
          {'type':'subscribe_order_updates','order_id':1.5}      | VALIDATION_FAILED order_id
          {'type':'subscribe_order_updates','order_id':'a b'}    | VALIDATION_FAILED order_id
          {'type':'subscribe_order_updates','order_id':['1']}    | VALIDATION_FAILED order_id
          {'type':'unsubscribe_order_updates'}                   | VALIDATION_FAILED order_id
          {'type':'subscribe_quote_updates','order_id':1}        | VALIDATION_FAILED quote_id
          {'type':'unsubscribe_quote_updates','quote_id':'/'}    | VALIDATION_FAILED quote_id
          {'type':'subscribe_document_updates','all':'yes'}      | VALIDATION_FAILED all
          """)
  void whatConnectCannotMeanIsRefused(String json, String code) {
    assertRefused(CONNECT, json.replace('\'', '"'), code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'topic.subscribe'}                   | VALIDATION_FAILED topics
          {'type':'topic.subscribe','topics':[]}       | VALIDATION_FAILED topics
          {'type':'topic.subscribe','topics':'vms'}    | VALIDATION_FAILED topics
          {'type':'topic.subscribe','topics':['a b']}  | VALIDATION_FAILED topics
          {'type':'topic.unsubscribe','topics':[7]}    | VALIDATION_FAILED topics
          """)
  void whatIsNoTopicIsRefused(String json, String code) {
    assertRefused(NATIVE, json.replace('\'', '"'), code);
  }

  static Stream<Arguments> connectEvents() {
    return Stream.of(
        Arguments.of(new MetricsSampled(SAMPLE), SYSTEM_METRICS),
        Arguments.of(
            ALERT,
            """
            {"type":"system_alert","alert_type":"disk_space","severity":"critical",\
            "message":"Disk usage above 90%","details":{"usage":92.5},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        Arguments.of(
            new ProcessingStarted(ANN, "doc456", "report.pdf", AT),
            """
            {"type":"document_processing_start","user_id":"ann","document_id":"doc456",\
            "filename":"report.pdf","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        Arguments.of(
            completed(true, Optional.empty()),
            """
            {"type":"document_processing_complete","user_id":"ann","document_id":"doc456",\
            "filename":"report.pdf","success":true,"error":null,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        Arguments.of(
            completed(false, Optional.of("no text")),
            """
            {"type":"document_processing_complete","user_id":"ann","document_id":"doc456",\
            "filename":"report.pdf","success":false,"error":"no text",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        Arguments.of(updated(UpdateKind.ORDER, 123), business("order_status_update", "order", 123)),
        Arguments.of(updated(UpdateKind.QUOTE, 4), business("quote_update", "quote", 4)),
        Arguments.of(updated(UpdateKind.PAYMENT, 5), business("payment_alert", "payment", 5)),
        Arguments.of(updated(UpdateKind.DEADLINE, 6), business("deadline_reminder", "deadline", 6)),
        Arguments.of(
            new BusinessUpdated(
                UpdateKind.ORDER, new JsonValue("A-7"), Optional.empty(), JsonValue.NULL, AT),
            """
            {"type":"order_status_update","order_id":"A-7","status":null,"data":null,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("connectEvents")
  void connectHasAWordFor(Event event, String json) {
    assertThat(texts(CONNECT.encode(live(event)))).containsExactly(json);
  }

  @Test
  void connectAndNexusHaveNoWordForTopics() {
    Event event = new TopicPublished(TopicName.VMS, "created", JsonValue.NULL, AT);
    assertThat(CONNECT.encode(live(event))).isEmpty();
    assertThat(NEXUS.encode(live(event))).isEmpty();
  }

  @Test
  void whoSubscribesInConnectGetsTheNewestSampleAsAnEvent() {
    assertThat(
            texts(
                CONNECT.encode(
                    new WatchMetrics(), new Sampled(SAMPLE), JsonValue.NULL, ANNS_SESSION)))
        .containsExactly(SYSTEM_METRICS);
    assertThat(NEXUS.encode(new WatchMetrics(), new Sampled(SAMPLE), JsonValue.NULL, ANNS_SESSION))
        .isEmpty();
  }

  @Test
  void nativelyItIsTheAnswer() {
    assertThat(
            texts(
                NATIVE.encode(
                    new WatchMetrics(), new Sampled(SAMPLE), new JsonValue(7), ANNS_SESSION)))
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"ok\",\"id\":7,\"data\":{\"cpu\":{\"percent\":12.5")
        .endsWith("\"node\":\"n1\",\"timestamp\":\"2025-01-31T09:08:07.060Z\"}");
  }

  @Test
  void nexusTellsAlertsAloneAsAMessageOfTheSystem() {
    assertThat(texts(NEXUS.encode(live(ALERT))))
        .containsExactly(
            """
            {"event_type":"system.message","message":"Disk usage above 90%",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """);
    assertThat(NEXUS.encode(live(new MetricsSampled(SAMPLE)))).isEmpty();
    assertThat(NEXUS.encode(live(completed(true, Optional.empty())))).isEmpty();
    assertThat(NEXUS.encode(live(updated(UpdateKind.ORDER, 1)))).isEmpty();
  }

  private static ProcessingCompleted completed(boolean success, Optional<String> error) {
    return new ProcessingCompleted(
        ANN, "doc456", "report.pdf", success, error, new JsonValue("a result"), AT);
  }

  private static BusinessUpdated updated(UpdateKind kind, int id) {
    return new BusinessUpdated(
        kind,
        new JsonValue(id),
        Optional.of("paid"),
        new JsonValue(new JsonObject().put("eur", 5)),
        AT);
  }

  private static String business(String type, String word, int id) {
    return """
    {"type":"%s","%s_id":%d,"status":"paid","data":{"eur":5},\
    "timestamp":"2025-01-31T09:08:07.060Z"}\
    """
        .formatted(type, word, id);
  }

  private static Arguments command(String typeAndFields, Command command) {
    String json = "{'type':'" + typeAndFields + "}";
    return Arguments.of(json.replace('\'', '"'), command);
  }

  private static Command watch(String room) {
    return new WatchRoom(new RoomName(room));
  }

  private static Command unwatch(String room) {
    return new UnwatchRoom(new RoomName(room));
  }
}
