package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.OperationsEvent.AlertRaised;
import dev.parley.protocol.OperationsEvent.BusinessUpdated;
import dev.parley.protocol.OperationsEvent.ProcessingCompleted;
import dev.parley.protocol.OperationsEvent.ProcessingStarted;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.TopicPublished;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.ParticipationEnded;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SessionEvent.Expiring;
import dev.parley.protocol.SessionEvent.SessionLimits;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.SystemSample.Cpu;
import dev.parley.protocol.SystemSample.Disk;
import dev.parley.protocol.SystemSample.Memory;
import dev.parley.protocol.SystemSample.Network;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
  private static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");
  private static final RoomName ROOM = new RoomName("order_1");
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final Member ANN_HERE = new Member(ANN, "Ann", Optional.of("ann@example.org"));
  private static final Member BOB_HERE = new Member(BOB, "Bob", Optional.empty());

  private static final String JOINED =
      """
      {"type":"room.joined","room":"order_1","user_id":"ann","username":"Ann",\
      "email":"ann@example.org","members":3,"timestamp":"2025-01-31T09:08:07.060Z"}\
      """;
  private static final String MESSAGE =
      """
      {"type":"chat.message","room":"order_1","message_id":"m-2","user_id":"ann","username":"Ann",\
      "content":"Grüße \\"👍\\"","content_type":"text","timestamp":"2025-01-31T09:08:07.060Z",\
      "client_message_id":"c-1","reply_to":7,"mentions":["bob"],"attachments":[{"url":"/f/1"}],\
      "reactions":{"👍":["bob","ann"],"🎉":["ann"]},"edited_at":"2025-01-31T09:08:07.060Z",\
      "deleted":true}\
      """;

  private static final String JOB =
      """
      {"type":"job.updated","change":"completed","job_id":"j-1","status":"completed",\
      "progress":100,"name":"Import","owner":"ann","error":"once","result":{"rows":3},\
      "created_at":"2025-01-31T09:08:07.060Z","updated_at":"2025-01-31T09:08:08.060Z"}\
      """;

  static Stream<Arguments> golden() {
    return Stream.of(
        golden(new RoomJoined(ROOM, ANN_HERE, 3, AT), JOINED),
        golden(
            new RoomLeft(ROOM, BOB_HERE, 2, AT),
            """
            {"type":"room.left","room":"order_1","user_id":"bob","username":"Bob","members":2,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new MembersChanged(ROOM, List.of(ANN_HERE), List.of(BOB_HERE), 201, AT),
            """
            {"type":"room.members_changed","room":"order_1",\
            "joined":[{"user_id":"ann","username":"Ann","email":"ann@example.org"}],\
            "left":[{"user_id":"bob","username":"Bob"}],"members":201,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new RoomStateChanged(
                new RoomState(
                    ROOM,
                    List.of(
                        new RoomState.Present(
                            ANN_HERE,
                            PresenceStatus.BUSY,
                            Optional.of(new RoomState.Cursor(1, 2.5, Optional.of("A1"))),
                            Optional.of(AT)),
                        RoomState.Present.of(BOB_HERE)),
                    2,
                    7)),
            """
            {"type":"room.state_changed","room":"order_1","users":[{"user_id":"ann",\
            "username":"Ann","email":"ann@example.org","status":"busy",\
            "cursor":{"x":1,"y":2.5,"cell":"A1"},"last_seen":"2025-01-31T09:08:07.060Z"},\
            {"user_id":"bob","username":"Bob","status":"online"}],"total":2,"revision":7}\
            """),
        golden(
            new RoomMessage(
                ROOM,
                ANN,
                "Ann",
                "moved",
                JsonValue.NULL,
                new JsonValue(new JsonObject().put("x", 1).putNull("y")),
                AT),
            """
            {"type":"room.message","room":"order_1","user_id":"ann","username":"Ann",\
            "event":"moved","data":{"x":1,"y":null},"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new RoomGranted(ROOM, BOB, ANN, AT),
            """
            {"type":"room.granted","room":"order_1","user_id":"bob","by":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new RoomRevoked(ROOM, BOB, ANN, AT),
            """
            {"type":"room.revoked","room":"order_1","user_id":"bob","by":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new RoomReset(ROOM, new Position("e1", 41)),
            """
            {"type":"room.reset","room":"order_1","seq":41,"epoch":"e1"}\
            """),
        golden(
            new ParticipationBegan(ROOM, ANN),
            """
            {"type":"room.participation_began","room":"order_1","user_id":"ann"}\
            """),
        golden(
            new ParticipationEnded(ROOM, ANN),
            """
            {"type":"room.participation_ended","room":"order_1","user_id":"ann"}\
            """),
        golden(new ChatPosted(fullMessage()), MESSAGE),
        golden(
            new ChatPosted(plainMessage()),
            """
            {"type":"chat.message","room":"order_1","message_id":"m-1","user_id":"bob",\
            "username":"Bob","content":"hi","content_type":"text",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ChatEdited(ROOM, "m-1", 42, "hello", BOB, "Bob", AT),
            """
            {"type":"chat.edited","room":"order_1","message_id":"m-1","message_seq":42,\
            "content":"hello","user_id":"bob","username":"Bob",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ChatDeleted(ROOM, "m-1", 42, ANN, AT),
            """
            {"type":"chat.deleted","room":"order_1","message_id":"m-1","message_seq":42,\
            "user_id":"ann","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ChatReacted(ROOM, "m-1", 42, "👍", ANN, true, List.of(BOB, ANN), AT),
            """
            {"type":"chat.reaction","room":"order_1","message_id":"m-1","message_seq":42,\
            "emoji":"👍","user_id":"ann","added":true,"users":["bob","ann"],\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ChatRead(ROOM, ANN, "Ann", 42, List.of(41L, 42L), List.of("m-0", "m-1"), AT),
            """
            {"type":"chat.read","room":"order_1","user_id":"ann","username":"Ann","up_to":42,\
            "message_seqs":[41,42],"message_ids":["m-0","m-1"],\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ChatTyping(ROOM, ANN, "Ann", true, Optional.of("A1")),
            """
            {"type":"chat.typing","room":"order_1","user_id":"ann","username":"Ann",\
            "typing":true,"cell":"A1"}\
            """),
        golden(
            new ChatDelivered(ROOM, "m-1", 42, List.of(ANN, BOB), AT),
            """
            {"type":"chat.delivered","room":"order_1","message_id":"m-1","message_seq":42,\
            "delivered_to":["ann","bob"],"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new PresenceChanged(
                new PresenceState(
                    ANN,
                    "Ann",
                    PresenceStatus.AWAY,
                    Optional.of("lunch"),
                    Optional.of("kitchen"),
                    Optional.of(AT),
                    2),
                Cause.STATUS,
                AT),
            """
            {"type":"presence.changed","user_id":"ann","username":"Ann","status":"away",\
            "status_message":"lunch","location":"kitchen","last_seen":"2025-01-31T09:08:07.060Z",\
            "connections":2,"cause":"status","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new CursorMoved(ROOM, ANN, "Ann", 10, -2.5, Optional.empty()),
            """
            {"type":"cursor.moved","room":"order_1","user_id":"ann","username":"Ann","x":10,\
            "y":-2.5}\
            """),
        golden(
            new UserActivity("joined_room", ANN, Optional.of(ROOM), AT),
            """
            {"type":"activity","activity":"joined_room","user_id":"ann","room":"order_1",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            welcomed(),
            """
            {"type":"welcome","connection_id":"c1","node":"n1","protocol":"parley.v1",\
            "user":{"user_id":"ann","username":"Ann","roles":["admin","support"]},\
            "ping_interval":25,"resume_window":120,"limits":{"max_message_bytes":65536,\
            "messages_per_window":600,"window":60,"max_rooms":500},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new Expiring(AT, Duration.ofSeconds(30)),
            """
            {"type":"session.expiring","expires_at":"2025-01-31T09:08:07.060Z","grace":30}\
            """),
        golden(
            new Draining(AT),
            """
            {"type":"session.draining","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(new JobUpdated(job(), Change.COMPLETED), JOB),
        golden(
            new JobUpdated(plainJob(), Change.CREATED),
            """
            {"type":"job.updated","change":"created","job_id":"j-1","status":"pending",\
            "progress":0,"created_at":"2025-01-31T09:08:07.060Z",\
            "updated_at":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new MetricsSampled(
                new SystemSample(
                    new Cpu(12.5, 2, List.of(20.0, 5.0), List.of(0.5, 0.25, 0.1)),
                    new Memory(1_000, 400, 600, 40),
                    new Disk(10_000, 9_250, 750, 92.5),
                    new Network(5, 6, 0.5, 7),
                    new SystemSample.ServerProcess(123, 45, 67),
                    new NodeId("n1"),
                    AT)),
            """
            {"type":"metrics.sample","data":{\
            "cpu":{"percent":12.5,"cores":2,"per_core":[20.0,5.0],"load_average":[0.5,0.25,0.1]},\
            "memory":{"total":1000,"used":400,"available":600,"percent":40},\
            "disk":{"total":10000,"used":9250,"free":750,"percent":92.5},\
            "network":{"bytes_sent":5,"bytes_received":6,"send_rate":0.5,"receive_rate":7},\
            "process":{"heap_used":123,"connections":45,"uptime_seconds":67}},\
            "node":"n1","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new AlertRaised(
                "disk_space",
                Severity.CRITICAL,
                "Disk usage above 90%",
                new JsonObject().put("usage", 92.5),
                AT),
            """
            {"type":"alert.raised","alert_type":"disk_space","severity":"critical",\
            "message":"Disk usage above 90%","details":{"usage":92.5},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ProcessingStarted(ANN, "doc456", "report.pdf", AT),
            """
            {"type":"processing.started","user_id":"ann","document_id":"doc456",\
            "filename":"report.pdf","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new ProcessingCompleted(
                ANN,
                "doc456",
                "report.pdf",
                false,
                Optional.of("no text"),
                new JsonValue(new JsonObject().put("pages", 3)),
                AT),
            """
            {"type":"processing.completed","user_id":"ann","document_id":"doc456",\
            "filename":"report.pdf","success":false,"error":"no text","result":{"pages":3},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new BusinessUpdated(
                UpdateKind.ORDER,
                new JsonValue(123),
                Optional.of("paid"),
                new JsonValue(new JsonObject().put("eur", 5)),
                AT),
            """
            {"type":"business.updated","kind":"order","id":123,"status":"paid","data":{"eur":5},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new TopicPublished(TopicName.INVENTORY, "deleted", JsonValue.NULL, AT),
            """
            {"type":"topic.event","topic":"inventory","action":"deleted",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new CustomMessage(new JsonObject().put("type", "chat.message").put("data", 1)),
            """
            {"type":"custom","message":{"type":"chat.message","data":1}}\
            """),
        golden(
            new NotificationCreated(
                new Notification(
                    "n-1",
                    new Notification.Addressee.ToUser(ANN),
                    "Stop",
                    "now",
                    "system",
                    Optional.of("tables"),
                    Notification.Priority.URGENT,
                    Notification.Level.CRITICAL,
                    new JsonObject().put("x", 1),
                    AT)),
            """
            {"type":"notification.created","notification":{"id":"n-1","user_id":"ann",\
            "title":"Stop","message":"now","category":"system","module":"tables",\
            "priority":"urgent","level":"critical","data":{"x":1},\
            "created_at":"2025-01-31T09:08:07.060Z"}}\
            """),
        golden(
            new NotificationsMarked(ANN, Marking.CLEARED, List.of(), 0, AT),
            """
            {"type":"notification.updated","user_id":"ann","action":"cleared","all":true,\
            "notification_ids":[],"unread_count":0,"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        golden(
            new NewerEvent(ROOM),
            """
            {"type":"newer","room":"%s"}\
            """
                .formatted(ROOM)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyEventHasOneFormBothWays(Event event, String json) {
    assertThat(new String(EventJson.encode(event), UTF_8)).isEqualTo(json);
    assertThat(EventJson.decode(json.getBytes(UTF_8))).isEqualTo(event);
  }

  @Test
  void theGoldenTableNamesEveryEvent() {
    Set<Class<?>> named = golden().map(row -> row.get()[0].getClass()).collect(toSet());
    assertThat(named).isEqualTo(Set.copyOf(RandomRecords.recordsOf(Event.class)));
  }

  @Test
  void whatWasEncodedDecodesToTheSameEvent() {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    for (Class<?> type : RandomRecords.recordsOf(Event.class)) {
      for (int i = 0; i < 200; i++) {
        Event event = (Event) records.make(type);
        byte[] json = EventJson.encode(event);
        assertThat(EventJson.decode(json)).as("seed %d", seed).isEqualTo(visible(event));
      }
    }
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() {
    String later = JOINED.replaceFirst("\\{", "{\"since_version\":{\"x\":[1]},");
    assertThat(EventJson.decode(later.getBytes(UTF_8)))
        .isEqualTo(new RoomJoined(ROOM, ANN_HERE, 3, AT));
  }

  @Test
  void finerDigitsOfAClockAreCutOff() {
    Event precise = new Draining(AT.plusNanos(999_999));
    assertThat(EventJson.decode(EventJson.encode(precise))).isEqualTo(new Draining(AT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":\"nothing.known\"}",
        "{\"type\":\"room.left\"}",
        "{\"type\":\"session.draining\",\"timestamp\":\"yesterday\"}",
        "{\"type\":\"session.draining\",\"timestamp\":7}",
        "{\"type\":\"custom\",\"message\":[]}",
      })
  void bytesThatAreNoEventAreRefused(String json) {
    assertThatThrownBy(() -> EventJson.decode(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Arguments golden(Event event, String json) {
    return Arguments.of(event, json);
  }

  private static Job job() {
    return new Job(
        new JobId("j-1"),
        JobStatus.COMPLETED,
        100,
        Optional.of("Import"),
        Optional.of(ANN),
        Optional.of("once"),
        new JsonValue(new JsonObject().put("rows", 3)),
        AT,
        AT.plusSeconds(1));
  }

  private static Job plainJob() {
    return new Job(
        new JobId("j-1"),
        JobStatus.PENDING,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        JsonValue.NULL,
        AT,
        AT);
  }

  private static ChatMessage plainMessage() {
    return PlainMessage.of(ROOM, "m-1", BOB, "Bob", "hi", AT);
  }

  private static ChatMessage fullMessage() {
    Map<String, List<UserId>> reactions = new LinkedHashMap<>();
    reactions.put("👍", List.of(BOB, ANN));
    reactions.put("🎉", List.of(ANN));
    return new ChatMessage(
        ROOM,
        "m-2",
        ANN,
        "Ann",
        "Grüße \"👍\"",
        "text",
        AT,
        Optional.of("c-1"),
        Optional.of(new MessageRef.BySeq(7)),
        List.of(BOB),
        new JsonArray().add(new JsonObject().put("url", "/f/1")),
        reactions,
        Optional.of(AT),
        true);
  }

  private static Welcomed welcomed() {
    ConnectionId connection = new ConnectionId("c1");
    Caller ann =
        new Caller(
            ANN,
            "Ann",
            Optional.empty(),
            Set.of("support", "admin"),
            List.of(),
            false,
            Optional.of(connection));
    SessionLimits limits =
        new SessionLimits(
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            65_536,
            600,
            Duration.ofSeconds(60),
            500);
    return new Welcomed(ann, connection, new NodeId("n1"), limits, AT);
  }

  /// What of an event its form keeps: of a welcome's caller what the client sees.
  private static Event visible(Event event) {
    if (!(event instanceof Welcomed welcomed)) {
      return event;
    }
    Caller all = welcomed.caller();
    Caller seen =
        new Caller(
            all.user(),
            all.username(),
            Optional.empty(),
            all.roles(),
            List.of(),
            false,
            Optional.of(welcomed.connection()));
    return new Welcomed(
        seen, welcomed.connection(), welcomed.node(), welcomed.limits(), welcomed.at());
  }
}
