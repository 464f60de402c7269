package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.ANN_HERE;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.GUESTS_SESSION;
import static dev.parley.dialect.Samples.PLACE;
import static dev.parley.dialect.Samples.ROOM;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.assertRefused;
import static dev.parley.dialect.Samples.away;
import static dev.parley.dialect.Samples.caller;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.plainMessage;
import static dev.parley.dialect.Samples.stored;
import static dev.parley.dialect.Samples.texts;
import static dev.parley.dialect.Samples.welcomed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.Listen;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionCommand.Subscribe;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.TopicName;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AetherDialectTest {
  private static final Dialect DIALECT = new AetherDialect(DialectLimits.DEFAULTS, CLOCK);
  private static final JsonValue ID = new JsonValue(new JsonObject().put("request_id", "q1"));

  static Stream<Arguments> commands() {
    return Stream.of(
        command("{\"type\":\"ping\"}", new Ping()),
        command("{\"type\":\"auth\",\"token\":\"t.t.t\"}", new Authenticate("t.t.t")),
        command(
            "{\"type\":\"subscribe\",\"topics\":[\"notifications\",\"jobs\"]}",
            new Subscribe(List.of(TopicName.NOTIFICATIONS, TopicName.JOBS), List.of())),
        command(
            """
            {"type":"subscribe","topics":["inventory","vms","metrics","all","no such","job:7"]}\
            """,
            new Subscribe(
                List.of(TopicName.INVENTORY, TopicName.VMS, TopicName.METRICS, TopicName.ALL),
                List.of("no such", "job:7"))),
        command(
            "{\"type\":\"unsubscribe\",\"topics\":[\"notifications\",\"no such\"]}",
            new Unsubscribe(List.of(TopicName.NOTIFICATIONS))),
        command(
            "{\"type\":\"mark_read\",\"notification_id\":\"n-1\"}",
            new ReadNotifications(List.of("n-1"))),
        command("{\"type\":\"mark_read\",\"all\":true}", new ReadNotifications(List.of())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsRead(String json, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, json, command);
    assertMeans(DIALECT, GUESTS_SESSION, json, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                             | INVALID_JSON
          {"event_type":"ping"}                          | VALIDATION_FAILED type
          {"type":7}                                     | VALIDATION_FAILED type
          {"type":"auth"}                                | VALIDATION_FAILED token
          {"type":"subscribe"}                           | VALIDATION_FAILED topics
          {"type":"subscribe","topics":[]}               | VALIDATION_FAILED topics
          {"type":"subscribe","topics":"jobs"}           | VALIDATION_FAILED topics
          {"type":"subscribe","topics":[7]}              | VALIDATION_FAILED topics
          {"type":"subscribe","topics":[null]}           | VALIDATION_FAILED topics
          {"type":"unsubscribe","topics":{}}             | VALIDATION_FAILED topics
          {"type":"unsubscribe"}                         | VALIDATION_FAILED topics
          {"type":"mark_read"}                           | VALIDATION_FAILED notification_id
          {"type":"mark_read","all":false}               | VALIDATION_FAILED notification_id
          {"type":"mark_read","all":"yes"}               | VALIDATION_FAILED all
          {"type":"mark_read","notification_id":7}       | VALIDATION_FAILED notification_id
          {"type":"mark_read","notification_id":""}      | VALIDATION_FAILED notification_id
          {"type":"chat_message","room":"r"}             | UNKNOWN_MESSAGE_TYPE
          {"type":"join_room","room":"r"}                | UNKNOWN_MESSAGE_TYPE
          """)
  void whatIsMissingOrWrongIsNamed(String json, String refusal) {
    assertRefused(DIALECT, json, refusal);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        event(
            welcomed(),
            """
            {"type":"connection","status":"connected","client_id":"c1",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            new NotificationCreated(notification()),
            """
            {"type":"notification","action":"created","data":{"id":"n-1","title":"Disk full",\
            "message":"vm-7 has no space","level":"critical","category":"system",\
            "created_at":"2025-01-31T09:08:07.060Z","read":false}}\
            """),
        event(
            new NotificationsMarked(ANN, Marking.READ, List.of("n-1", "n-2"), 3, AT),
            "{\"type\":\"notification\",\"action\":\"updated\",\"data\":{\"id\":\"n-1\",\"read\":true}}",
            "{\"type\":\"notification\",\"action\":\"updated\",\"data\":{\"id\":\"n-2\",\"read\":true}}"),
        event(
            new NotificationsMarked(ANN, Marking.READ, List.of(), 0, AT),
            "{\"type\":\"notification\",\"action\":\"updated\",\"data\":{\"all\":true,\"read\":true}}"),
        event(job(JobStatus.RUNNING, Change.CREATED), job("created", "running")),
        event(job(JobStatus.RUNNING, Change.UPDATED), job("updated", "running")),
        event(job(JobStatus.COMPLETED, Change.COMPLETED), job("completed", "completed")),
        event(job(JobStatus.FAILED, Change.FAILED), job("failed", "failed")),
        event(job(JobStatus.CANCELLED, Change.CANCELLED), job("updated", "cancelled")),
        event(
            new MetricsSampled(sample()),
            """
            {"type":"metrics","action":"sample","data":{"cpu":{"percent":12.5,"cores":2,\
            "per_core":[10.0,15.0],"load_average":[]},\
            "memory":{"total":8,"used":2,"available":6,"percent":25},\
            "disk":{"total":100,"used":50,"free":50,"percent":50},\
            "network":{"bytes_sent":1,"bytes_received":2,"send_rate":0.5,"receive_rate":1},\
            "process":{"heap_used":1024,"connections":3,"uptime_seconds":60}},"node":"n1",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            published("inventory", "deleted", new JsonObject().put("id", 7)),
            "{\"type\":\"inventory\",\"action\":\"deleted\",\"data\":{\"id\":7}}"),
        event(
            published("vms", "state_changed", new JsonObject().put("state", "off")),
            "{\"type\":\"vm\",\"action\":\"state_changed\",\"data\":{\"state\":\"off\"}}"),
        event(
            published("backups", "begun", null),
            "{\"type\":\"backups\",\"action\":\"begun\",\"data\":null}"),
        event(
            new CustomMessage(new JsonObject().put("type", "price").put("eur", 1)),
            "{\"type\":\"price\",\"eur\":1}"),
        // It has no word for these.
        event(new RoomJoined(ROOM, ANN_HERE, 3, AT)),
        event(new ChatPosted(plainMessage())),
        event(new PresenceChanged(away(), Cause.STATUS, AT)),
        event(new AlertRaised("cpu", Severity.ERROR, "hot", new JsonObject(), AT)),
        event(new Draining(AT)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsFrames(Event event, List<String> frames) {
    assertThat(texts(DIALECT.encode(live(event)))).isEqualTo(frames);
    assertThat(texts(DIALECT.encode(stored(event)))).isEqualTo(frames);
  }

  @Test
  void eventsBelongToTheTopicsThatTheyNeed() {
    assertThat(DIALECT.topicOf(new NotificationCreated(notification())))
        .contains(TopicName.NOTIFICATIONS);
    assertThat(DIALECT.topicOf(job(JobStatus.RUNNING, Change.UPDATED))).contains(TopicName.JOBS);
    assertThat(DIALECT.topicOf(new MetricsSampled(sample()))).contains(TopicName.METRICS);
    assertThat(DIALECT.topicOf(published("vms", "x", null))).contains(TopicName.VMS);
    assertThat(DIALECT.topicOf(new CustomMessage(new JsonObject()))).isEmpty();
  }

  @Test
  void theOpeningHearsNotificationsAndThenListsThem() {
    assertThat(DIALECT.opening(ANNS_SESSION))
        .containsExactly(
            new Listen(List.of(TopicName.NOTIFICATIONS)),
            new ListNotifications(false, Optional.empty(), 50));
    assertThat(encode(new Listen(List.of()), Reply.DONE)).isEmpty();
    Reply page =
        new Reply.Notifications(
            List.of(
                new Notification.Received(notification(), true),
                new Notification.Received(notification(), false)),
            3,
            true);
    String one =
        """
        {"id":"n-1","title":"Disk full","message":"vm-7 has no space","level":"critical",\
        "category":"system","created_at":"2025-01-31T09:08:07.060Z","read":true}\
        """;
    assertThat(
            texts(
                DIALECT.encode(
                    new ListNotifications(false, Optional.empty(), 50),
                    page,
                    JsonValue.NULL,
                    ANNS_SESSION)))
        .containsExactly(
            "{\"type\":\"initial_state\",\"data\":{\"notifications\":["
                + one
                + ","
                + one.replace("\"read\":true", "\"read\":false")
                + "],\"unread_count\":3}}");
  }

  @Test
  void subscriptionsAreAnsweredWithAllThatAreHeard() {
    List<TopicName> now = List.of(TopicName.JOBS, TopicName.NOTIFICATIONS);
    assertThat(
            encode(
                new Subscribe(List.of(TopicName.JOBS), List.of()),
                new Reply.Subscriptions(now, List.of())))
        .containsExactly(
            "{\"type\":\"subscribed\",\"topics\":[\"jobs\",\"notifications\"],\"request_id\":\"q1\"}");
    assertThat(encode(new Unsubscribe(List.of()), new Reply.Subscriptions(List.of(), List.of())))
        .containsExactly("{\"type\":\"unsubscribed\",\"topics\":[],\"request_id\":\"q1\"}");
    assertThat(
            encode(
                new Subscribe(List.of(TopicName.JOBS), List.of("x", "y")),
                new Reply.Subscriptions(now, List.of("x", "y"))))
        .containsExactly(
            """
            {"type":"error","error":"No such topics: x, y","code":"VALIDATION_FAILED",\
            "field":"topics","timestamp":"2025-01-31T09:08:07.060Z",\
            "message":"No such topics: x, y","request_id":"q1"}\
            """,
            "{\"type\":\"subscribed\",\"topics\":[\"jobs\",\"notifications\"],\"request_id\":\"q1\"}");
  }

  @Test
  void otherRepliesHaveTheirFrames() {
    assertThat(encode(new Ping(), new Reply.Pong(AT)))
        .containsExactly(
            "{\"type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\",\"request_id\":\"q1\"}");
    Reply shown = new Reply.Authenticated(Optional.of(AT));
    assertThat(encode(new Authenticate("t"), shown))
        .containsExactly(
            """
            {"type":"auth_ok","expires_at":"2025-01-31T09:08:07.060Z","request_id":"q1"}\
            """);
    assertThat(DIALECT.encode(new Authenticate("t"), shown, ID, GUESTS_SESSION)).isEmpty();
    assertThat(encode(new ReadNotifications(List.of("n-1")), new Reply.NotificationsMarked(1, 2)))
        .isEmpty();
    assertThat(encode(new Ping(), new Reply.Stored(ROOM, PLACE, "m-1", AT, false))).isEmpty();
  }

  @Test
  void errorsHaveTheShapeOfTheContract() {
    assertThat(texts(DIALECT.encode(Rejection.invalid("topics", "topics is missing"), ID)))
        .containsExactly(
            """
            {"type":"error","error":"topics is missing","code":"VALIDATION_FAILED",\
            "field":"topics","timestamp":"2025-01-31T09:08:07.060Z",\
            "message":"topics is missing","request_id":"q1"}\
            """);
  }

  @Test
  void connectionsAreUuidsEachItsOwn() {
    ConnectionId one = DIALECT.nameOf(new ConnectionId("n1-1"), caller("ann", "Ann", false), AT);
    ConnectionId two = DIALECT.nameOf(new ConnectionId("n1-2"), caller("ann", "Ann", false), AT);
    ConnectionId later =
        DIALECT.nameOf(new ConnectionId("n1-1"), caller("ann", "Ann", false), AT.plusMillis(1));
    assertThat(List.of(one, two, later)).doesNotHaveDuplicates();
    assertThat(UUID.fromString(one.value())).hasToString(one.value());
  }

  static Notification notification() {
    return new Notification(
        "n-1",
        new Addressee.ToUser(ANN),
        "Disk full",
        "vm-7 has no space",
        "system",
        Optional.of("vms"),
        Priority.URGENT,
        Level.CRITICAL,
        new JsonObject(),
        AT);
  }

  private static JobUpdated job(JobStatus status, Change change) {
    Job job =
        new Job(
            new JobId("j-1"),
            status,
            45.5,
            Optional.of("Import"),
            Optional.empty(),
            Optional.empty(),
            JsonValue.NULL,
            AT,
            AT);
    return new JobUpdated(job, change);
  }

  private static String job(String action, String status) {
    return """
    {"type":"job","action":"%s","data":{"job_id":"j-1","status":"%s","progress":45.5,\
    "name":"Import","created_at":"2025-01-31T09:08:07.060Z",\
    "updated_at":"2025-01-31T09:08:07.060Z"}}\
    """
        .formatted(action, status);
  }

  private static SystemSample sample() {
    return new SystemSample(
        new SystemSample.Cpu(12.5, 2, List.of(10.0, 15.0), List.of()),
        new SystemSample.Memory(8, 2, 6, 25),
        new SystemSample.Disk(100, 50, 50, 50),
        new SystemSample.Network(1, 2, 0.5, 1),
        new SystemSample.ServerProcess(1024, 3, 60),
        new NodeId("n1"),
        AT);
  }

  private static TopicPublished published(String topic, String action, @Nullable JsonObject data) {
    return new TopicPublished(new TopicName(topic), action, new JsonValue(data), AT);
  }

  private static List<String> encode(Command command, Reply reply) {
    return texts(DIALECT.encode(command, reply, ID, ANNS_SESSION));
  }

  private static Arguments command(String json, Command command) {
    return Arguments.of(json, command);
  }

  private static Arguments event(Event event, String... frames) {
    return Arguments.of(event, List.of(frames));
  }
}
