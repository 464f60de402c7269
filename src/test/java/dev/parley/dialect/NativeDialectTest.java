package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.ANN_HERE;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.BOB;
import static dev.parley.dialect.Samples.BOB_HERE;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.PLACE;
import static dev.parley.dialect.Samples.ROOM;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.assertRefused;
import static dev.parley.dialect.Samples.away;
import static dev.parley.dialect.Samples.frame;
import static dev.parley.dialect.Samples.fullMessage;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.plainMessage;
import static dev.parley.dialect.Samples.stored;
import static dev.parley.dialect.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UnwatchJobs;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.MetricsCommand.UnwatchMetrics;
import dev.parley.protocol.MetricsCommand.WatchMetrics;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.Position;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.MoveCursor;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.RoomResumption;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomCommand.ListRooms;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.ParticipationEnded;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.FilterNotifications;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionCommand.ResumeSession;
import dev.parley.protocol.SessionCommand.Subscribe;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SessionEvent.Expiring;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class NativeDialectTest {
  private static final Dialect DIALECT = NativeDialect.json(DialectLimits.DEFAULTS, CLOCK);
  private static final Dialect CBOR = NativeDialect.cbor(DialectLimits.DEFAULTS, CLOCK);
  private static final JsonValue ID = new JsonValue("q1");

  static Stream<Arguments> commands() {
    return Stream.of(
        command("{\"type\":\"ping\"}", new Ping()),
        command("{\"type\":\"auth\",\"token\":\"t.t.t\"}", new Authenticate("t.t.t")),
        command(
            """
            {"type":"session.resume","connection":"c0","topics":["news"],
             "rooms":{"order_1":{"seq":42,"epoch":"e1"},"lobby":{"seq":0}}}\
            """,
            new ResumeSession(
                Optional.of(new ConnectionId("c0")),
                Map.of(ROOM, PLACE, new RoomName("lobby"), Position.START),
                List.of("news"))),
        command(
            "{\"type\":\"session.resume\",\"rooms\":{}}",
            new ResumeSession(Optional.empty(), Map.of(), List.of())),
        command("{\"type\":\"room.join\",\"room\":\"order_1\"}", new JoinRoom(ROOM, none())),
        command(
            "{\"type\":\"room.join\",\"room\":\"order_1\",\"since\":42,\"epoch\":\"e1\"}",
            new JoinRoom(ROOM, Optional.of(PLACE))),
        command(
            "{\"type\":\"room.join\",\"room\":\"order_1\",\"since\":0}",
            new JoinRoom(ROOM, Optional.of(Position.START))),
        command("{\"type\":\"room.leave\",\"room\":\"order_1\"}", new LeaveRoom(ROOM)),
        command("{\"type\":\"metrics.subscribe\"}", new WatchMetrics()),
        command("{\"type\":\"metrics.unsubscribe\"}", new UnwatchMetrics()),
        command(
            "{\"type\":\"topic.subscribe\",\"topics\":[\"vms\",\"own:topic\"]}",
            new Subscribe(List.of(TopicName.VMS, new TopicName("own:topic")), List.of())),
        command(
            "{\"type\":\"topic.unsubscribe\",\"topics\":[\"vms\"]}",
            new Unsubscribe(List.of(TopicName.VMS))),
        command(
            "{\"type\":\"room.members\",\"room\":\"order_1\"}", new ListMembers(ROOM, 50, none())),
        command(
            "{\"type\":\"room.members\",\"room\":\"order_1\",\"limit\":200,\"after\":\"ann\"}",
            new ListMembers(ROOM, 200, Optional.of(ANN))),
        command(
            """
            {"type":"room.broadcast","room":"order_1","event":"moved","data":{"x":1}}\
            """,
            new BroadcastToRoom(
                ROOM, "moved", JsonValue.NULL, new JsonValue(new JsonObject().put("x", 1)), false)),
        command(
            """
            {"type":"room.broadcast","room":"order_1","event":"e","data":[1],"durable":true}\
            """,
            new BroadcastToRoom(
                ROOM, "e", JsonValue.NULL, new JsonValue(new JsonArray().add(1)), true)),
        command("{\"type\":\"room.list\"}", new ListRooms()),
        command(
            """
            {"type":"chat.send","room":"order_1","content":"hi"}\
            """,
            new SendMessage(ROOM, "hi", "text", none(), none(), List.of(), new JsonArray())),
        command(
            """
            {"type":"chat.send","room":"order_1","content":"hi","content_type":"markdown",
             "client_message_id":"c-1","reply_to":"m-1","mentions":["bob",7],
             "attachments":[{"url":"/f/1"}]}\
            """,
            new SendMessage(
                ROOM,
                "hi",
                "markdown",
                Optional.of("c-1"),
                Optional.of(new MessageRef.ById("m-1")),
                List.of(BOB, new UserId("7")),
                new JsonArray().add(new JsonObject().put("url", "/f/1")))),
        command(
            """
            {"type":"chat.edit","room":"order_1","message_id":"m-1","content":"hello"}\
            """,
            new EditMessage(ROOM, new MessageRef.ById("m-1"), "hello")),
        command(
            """
            {"type":"chat.delete","room":"order_1","seq":42}\
            """,
            new DeleteMessage(ROOM, new MessageRef.BySeq(42))),
        command(
            """
            {"type":"chat.react","room":"order_1","seq":42,"emoji":"👍"}\
            """,
            new React(ROOM, new MessageRef.BySeq(42), "👍", true)),
        command(
            """
            {"type":"chat.react","room":"order_1","seq":42,"emoji":"👍","added":false}\
            """,
            new React(ROOM, new MessageRef.BySeq(42), "👍", false)),
        command(
            "{\"type\":\"chat.read\",\"room\":\"order_1\",\"seq\":42}",
            new MarkRead(ROOM, List.of(new MessageRef.BySeq(42)))),
        command(
            "{\"type\":\"chat.typing\",\"room\":\"order_1\",\"typing\":true,\"cell\":\"A1\"}",
            new SetTyping(ROOM, true, Optional.of("A1"))),
        command(
            "{\"type\":\"chat.history\",\"room\":\"order_1\"}",
            new ReadHistory(ROOM, none(), none(), 50)),
        command(
            "{\"type\":\"chat.history\",\"room\":\"order_1\",\"before\":42,\"limit\":1}",
            new ReadHistory(ROOM, Optional.of(42L), none(), 1)),
        command(
            "{\"type\":\"chat.history\",\"room\":\"order_1\",\"after\":0,\"before\":null}",
            new ReadHistory(ROOM, none(), Optional.of(0L), 50)),
        command(
            "{\"type\":\"topic.subscribe\",\"topics\":[\"jobs\",\"a:b|c+d\"]}",
            new Subscribe(List.of(TopicName.JOBS, new TopicName("a:b|c+d")), List.of())),
        command(
            "{\"type\":\"topic.unsubscribe\",\"topics\":[\"jobs\"]}",
            new Unsubscribe(List.of(TopicName.JOBS))),
        command("{\"type\":\"job.subscribe\"}", new WatchJobs(none())),
        command(
            "{\"type\":\"job.subscribe\",\"job_id\":7}",
            new WatchJobs(Optional.of(new JobId("7")))),
        command("{\"type\":\"job.unsubscribe\"}", new UnwatchJobs(none())),
        command(
            "{\"type\":\"job.unsubscribe\",\"job_id\":\"j\"}",
            new UnwatchJobs(Optional.of(new JobId("j")))),
        command("{\"type\":\"job.list\"}", new ListJobs(none())),
        command(
            "{\"type\":\"job.list\",\"status\":\"failed\"}",
            new ListJobs(Optional.of(JobStatus.FAILED))),
        command(
            """
            {"type":"presence.set","status":"busy","status_message":"call","location":"desk"}\
            """,
            new SetPresence(PresenceStatus.BUSY, Optional.of("call"), Optional.of("desk"))),
        command(
            "{\"type\":\"presence.get\",\"user_ids\":[\"ann\",\"bob\"]}",
            new GetPresence(List.of(ANN, BOB))),
        command(
            "{\"type\":\"cursor.move\",\"room\":\"order_1\",\"x\":1.5,\"y\":-0.0}",
            new MoveCursor(ROOM, 1.5, 0.0, none())),
        command(
            """
            {"type":"notification.subscribe","categories":["system"],"modules":["tables"],\
            "priorities":["high","urgent"]}\
            """,
            new FilterNotifications(
                Optional.of(
                    new Notification.Filter(
                        List.of("system"),
                        List.of("tables"),
                        List.of(Notification.Priority.HIGH, Notification.Priority.URGENT))))),
        command(
            "{\"type\":\"notification.subscribe\"}",
            new FilterNotifications(Optional.of(Notification.Filter.NONE))),
        command("{\"type\":\"notification.unsubscribe\"}", new FilterNotifications(none())),
        command("{\"type\":\"notification.list\"}", new ListNotifications(false, none(), 50)),
        command(
            "{\"type\":\"notification.list\",\"unread\":true,\"before\":\"n-1\",\"limit\":7}",
            new ListNotifications(true, Optional.of("n-1"), 7)),
        command(
            "{\"type\":\"notification.read\",\"notification_id\":\"n-1\"}",
            new ReadNotifications(List.of("n-1"))),
        command("{\"type\":\"notification.read\",\"all\":true}", new ReadNotifications(List.of())),
        command(
            "{\"type\":\"notification.clear\",\"notification_ids\":[\"n-1\",\"n-2\"]}",
            new ClearNotifications(List.of("n-1", "n-2"))),
        command(
            "{\"type\":\"vote.cast\",\"for\":\"ann\"}",
            new CustomCommand(
                "vote.cast", new JsonObject().put("type", "vote.cast").put("for", "ann"))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsRead(String json, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, json, command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandMeansTheSameInCbor(String json, Command command) throws IOException {
    assertThat(CBOR.decode(cbor(json), ANNS_SESSION))
        .isEqualTo(new Decoded.Commands(List.of(command), JsonValue.NULL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"auth"}                                              | VALIDATION_FAILED token
          {"type":"auth","token":""}                                   | VALIDATION_FAILED token
          {"type":"auth","token":7}                                    | VALIDATION_FAILED token
          {"type":"session.resume"}                                    | VALIDATION_FAILED rooms
          {"type":"session.resume","rooms":[]}                         | VALIDATION_FAILED rooms
          {"type":"session.resume","rooms":{"a b":{"seq":1}}}          | VALIDATION_FAILED rooms
          {"type":"session.resume","rooms":{"a":7}}                    | VALIDATION_FAILED a
          {"type":"session.resume","rooms":{"a":{"seq":1}}}            | VALIDATION_FAILED epoch
          {"type":"session.resume","rooms":{"a":{"seq":-1}}}           | VALIDATION_FAILED seq
          {"type":"session.resume","rooms":{},"topics":[7]}            | VALIDATION_FAILED topics
          {"type":"session.resume","rooms":{},"connection":7}          | VALIDATION_FAILED connection
          {"type":"room.join"}                                         | VALIDATION_FAILED room
          {"type":"room.join","room":null}                             | VALIDATION_FAILED room
          {"type":"room.join","room":""}                               | VALIDATION_FAILED room
          {"type":"room.join","room":"a b"}                            | VALIDATION_FAILED room
          {"type":"room.join","room":["a"]}                            | VALIDATION_FAILED room
          {"type":"room.join","room":"a","since":1}                    | VALIDATION_FAILED epoch
          {"type":"room.join","room":"a","since":-1,"epoch":"e"}       | VALIDATION_FAILED since
          {"type":"room.join","room":"a","since":1.5,"epoch":"e"}      | VALIDATION_FAILED since
          {"type":"room.join","room":"a","since":"1","epoch":"e"}      | VALIDATION_FAILED since
          {"type":"room.join","room":"a","since":1,"epoch":7}          | VALIDATION_FAILED epoch
          {"type":"room.leave"}                                        | VALIDATION_FAILED room
          {"type":"room.members","room":"a","limit":0}                 | VALIDATION_FAILED limit
          {"type":"room.members","room":"a","limit":201}               | VALIDATION_FAILED limit
          {"type":"room.members","room":"a","limit":"9"}               | VALIDATION_FAILED limit
          {"type":"room.members","room":"a","after":"a b"}             | VALIDATION_FAILED after
          {"type":"room.broadcast","room":"a","data":1}                | VALIDATION_FAILED event
          {"type":"room.broadcast","room":"a","event":""}              | VALIDATION_FAILED event
          {"type":"room.broadcast","room":"a","event":"e","durable":1} | VALIDATION_FAILED durable
          {"type":"chat.send","room":"a"}                              | VALIDATION_FAILED content
          {"type":"chat.send","room":"a","content":""}                 | VALIDATION_FAILED content
          {"type":"chat.send","room":"a","content":{}}                 | VALIDATION_FAILED content
          {"type":"chat.send","room":"a","content":"x","content_type":"system"} | VALIDATION_FAILED content_type
          {"type":"chat.send","room":"a","content":"x","content_type":""}    | VALIDATION_FAILED content_type
          {"type":"chat.send","room":"a","content":"x","reply_to":0}   | VALIDATION_FAILED reply_to
          {"type":"chat.send","room":"a","content":"x","reply_to":{}}  | VALIDATION_FAILED reply_to
          {"type":"chat.send","room":"a","content":"x","mentions":"b"} | VALIDATION_FAILED mentions
          {"type":"chat.send","room":"a","content":"x","mentions":[null]} | VALIDATION_FAILED mentions
          {"type":"chat.send","room":"a","content":"x","mentions":["a b"]} | VALIDATION_FAILED mentions
          {"type":"chat.send","room":"a","content":"x","attachments":{}} | VALIDATION_FAILED attachments
          {"type":"chat.edit","room":"a","message_id":"m"}             | VALIDATION_FAILED content
          {"type":"chat.edit","room":"a","content":"x"}                | VALIDATION_FAILED seq
          {"type":"chat.delete","room":"a","message_id":""}            | VALIDATION_FAILED message_id
          {"type":"chat.delete","room":"a","seq":0}                    | VALIDATION_FAILED seq
          {"type":"chat.react","room":"a","seq":1}                     | VALIDATION_FAILED emoji
          {"type":"chat.react","room":"a","seq":1,"emoji":"x","added":"no"} | VALIDATION_FAILED added
          {"type":"chat.read","room":"a"}                              | VALIDATION_FAILED seq
          {"type":"chat.typing","room":"a"}                            | VALIDATION_FAILED typing
          {"type":"chat.typing","room":"a","typing":"yes"}             | VALIDATION_FAILED typing
          {"type":"chat.history","room":"a","before":-1}               | VALIDATION_FAILED before
          {"type":"chat.history","room":"a","limit":1000}              | VALIDATION_FAILED limit
          {"type":"topic.subscribe"}                                   | VALIDATION_FAILED topics
          {"type":"topic.subscribe","topics":[]}                       | VALIDATION_FAILED topics
          {"type":"topic.subscribe","topics":["a b"]}                  | VALIDATION_FAILED topics
          {"type":"topic.subscribe","topics":[7]}                      | VALIDATION_FAILED topics
          {"type":"topic.unsubscribe","topics":"jobs"}                 | VALIDATION_FAILED topics
          {"type":"topic.unsubscribe"}                                 | VALIDATION_FAILED topics
          {"type":"job.subscribe","job_id":"a b"}                      | VALIDATION_FAILED job_id
          {"type":"job.subscribe","job_id":""}                         | VALIDATION_FAILED job_id
          {"type":"job.unsubscribe","job_id":[]}                       | VALIDATION_FAILED job_id
          {"type":"job.list","status":"done"}                          | VALIDATION_FAILED status
          {"type":"job.list","status":7}                               | VALIDATION_FAILED status
          {"type":"presence.set"}                                      | VALIDATION_FAILED status
          {"type":"presence.set","status":"offline"}                   | VALIDATION_FAILED status
          {"type":"presence.set","status":"AWAY"}                      | VALIDATION_FAILED status
          {"type":"presence.set","status":"away","location":[]}        | VALIDATION_FAILED location
          {"type":"presence.get"}                                      | VALIDATION_FAILED user_ids
          {"type":"presence.get","user_ids":[]}                        | VALIDATION_FAILED user_ids
          {"type":"presence.get","user_ids":[true]}                    | VALIDATION_FAILED user_ids
          {"type":"notification.subscribe","categories":"system"}      | VALIDATION_FAILED categories
          {"type":"notification.subscribe","modules":[7]}              | VALIDATION_FAILED modules
          {"type":"notification.subscribe","priorities":["HIGH"]}      | VALIDATION_FAILED priorities
          {"type":"notification.list","limit":0}                       | VALIDATION_FAILED limit
          {"type":"notification.list","limit":201}                     | VALIDATION_FAILED limit
          {"type":"notification.list","before":7}                      | VALIDATION_FAILED before
          {"type":"notification.list","unread":"yes"}                  | VALIDATION_FAILED unread
          {"type":"notification.read"}                                 | VALIDATION_FAILED notification_id
          {"type":"notification.read","notification_id":""}            | VALIDATION_FAILED notification_id
          {"type":"notification.read","all":false}                     | VALIDATION_FAILED notification_id
          {"type":"notification.read","all":1}                         | VALIDATION_FAILED all
          {"type":"notification.clear","notification_ids":[]}          | VALIDATION_FAILED notification_ids
          {"type":"notification.clear","notification_ids":[{}]}        | VALIDATION_FAILED notification_ids
          {"type":"cursor.move","room":"a","x":1}                      | VALIDATION_FAILED y
          {"type":"cursor.move","room":"a","x":"1","y":1}              | VALIDATION_FAILED x
          """)
  void whatIsMissingOrWrongIsNamed(String json, String refusal) {
    assertRefused(DIALECT, json, refusal);
  }

  @Test
  void whatIsTooLongIsNamed() {
    String send = "{\"type\":\"chat.send\",\"room\":\"a\",\"content\":\"x\",";
    assertRefused(
        DIALECT, send + "\"content\":\"" + "x".repeat(65_537) + "\"}", "VALIDATION_FAILED content");
    assertRefused(
        DIALECT,
        send + "\"client_message_id\":\"" + "c".repeat(65) + "\"}",
        "VALIDATION_FAILED client_message_id");
    assertRefused(DIALECT, send + "\"mentions\":" + many(101) + "}", "VALIDATION_FAILED mentions");
    assertRefused(
        DIALECT, send + "\"attachments\":" + many(21) + "}", "VALIDATION_FAILED attachments");
    assertRefused(
        DIALECT,
        "{\"type\":\"chat.react\",\"room\":\"a\",\"seq\":1,\"emoji\":\"" + "e".repeat(65) + "\"}",
        "VALIDATION_FAILED emoji");
    assertRefused(
        DIALECT,
        "{\"type\":\"room.join\",\"room\":\"" + "r".repeat(129) + "\"}",
        "VALIDATION_FAILED room");
    assertRefused(
        DIALECT,
        "{\"type\":\"presence.get\",\"user_ids\":" + many(201) + "}",
        "VALIDATION_FAILED user_ids");
    assertRefused(DIALECT, "{\"type\":\"" + "t".repeat(129) + "\"}", "UNKNOWN_MESSAGE_TYPE");
  }

  @Test
  void moreRoomsThanAConnectionMayJoinAreNotResumed() {
    JsonObject rooms = new JsonObject();
    for (int i = 0; i <= 500; i++) {
      rooms.put("r" + i, new JsonObject().put("seq", 0));
    }
    String resume = new JsonObject().put("type", "session.resume").put("rooms", rooms).encode();
    assertRefused(DIALECT, resume, "VALIDATION_FAILED rooms");
  }

  @Test
  void anEmptyClientMessageIdIsNone() {
    String json =
        "{\"type\":\"chat.send\",\"room\":\"order_1\",\"content\":\"x\",\"client_message_id\":\"\"}";
    assertMeans(
        DIALECT,
        ANNS_SESSION,
        json,
        new SendMessage(ROOM, "x", "text", none(), none(), List.of(), new JsonArray()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"room.list","id":"q1"}
          {"type":"room.join","id":"q1"}
          {"type":7,"id":"q1"}
          {"id":"q1"}
          {"type":"ping","id":"q1"}
          """)
  void theCorrelationIdIsKeptWhateverBecomesOfTheFrame(String json) {
    JsonValue id =
        switch (DIALECT.decode(frame(json), ANNS_SESSION)) {
          case Decoded.Commands(_, var given) -> given;
          case Decoded.Refused(_, var given) -> given;
        };
    assertThat(id).isEqualTo(ID);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        event(
            stored(new ChatPosted(plainMessage())),
            """
            {"type":"chat.message","room":"order_1","message_id":"m-1","user_id":"bob",\
            "username":"Bob","content":"hi","content_type":"text",\
            "timestamp":"2025-01-31T09:08:07.060Z","seq":42,"epoch":"e1"}\
            """),
        event(
            live(new RoomJoined(ROOM, ANN_HERE, 3, AT)),
            """
            {"type":"room.joined","room":"order_1","user_id":"ann","username":"Ann",\
            "email":"ann@example.org","members":3,"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(message()),
            """
            {"type":"room.message","room":"order_1","user_id":"ann","username":"Ann",\
            "event":"moved","data":7,"timestamp":"2025-01-31T09:08:07.060Z",\
            "seq":42,"epoch":"e1"}\
            """),
        event(
            live(message()),
            """
            {"type":"room.message","room":"order_1","user_id":"ann","username":"Ann",\
            "event":"moved","data":7,"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new RoomGranted(ROOM, BOB, ANN, AT)),
            "{\"type\":\"room.marker\",\"room\":\"order_1\",\"seq\":42,\"epoch\":\"e1\"}"),
        event(
            stored(new RoomRevoked(ROOM, BOB, ANN, AT)),
            "{\"type\":\"room.marker\",\"room\":\"order_1\",\"seq\":42,\"epoch\":\"e1\"}"),
        event(
            live(new RoomReset(ROOM, PLACE)),
            "{\"type\":\"room.reset\",\"room\":\"order_1\",\"seq\":42,\"epoch\":\"e1\"}"),
        event(
            live(new ChatRead(ROOM, ANN, "Ann", 42, List.of(42L), List.of("m-1"), AT)),
            """
            {"type":"chat.read","room":"order_1","user_id":"ann","username":"Ann","up_to":42,\
            "message_seqs":[42],"message_ids":["m-1"],"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(Samples.welcomed()),
            """
            {"type":"welcome","connection_id":"c1","node":"n1","protocol":"parley.v1",\
            "user":{"user_id":"ann","username":"Ann","roles":["admin","support"]},\
            "ping_interval":25,"resume_window":120,"limits":{"max_message_bytes":65536,\
            "messages_per_window":600,"window":60,"max_rooms":500},\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new Expiring(AT, Duration.ofSeconds(30))),
            """
            {"type":"session.expiring","expires_at":"2025-01-31T09:08:07.060Z","grace":30}\
            """),
        event(
            live(new Draining(AT)),
            "{\"type\":\"session.draining\",\"timestamp\":\"2025-01-31T09:08:07.060Z\"}"),
        event(
            live(new CustomMessage(custom())),
            "{\"type\":\"price\",\"data\":{\"eur\":1.5},\"seq\":\"as given\"}"),
        event(
            stored(new CustomMessage(custom())),
            """
            {"type":"price","data":{"eur":1.5},"seq":42,"room":"order_1","epoch":"e1"}\
            """),
        Arguments.of(live(new ParticipationBegan(ROOM, ANN)), List.of()),
        Arguments.of(live(new ParticipationEnded(ROOM, ANN)), List.of()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsFrame(Envelope envelope, List<String> frames) {
    assertThat(texts(DIALECT.encode(envelope))).isEqualTo(frames);
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasTheSameFieldsInCbor(Envelope envelope, List<String> frames) throws IOException {
    List<OutFrame> binary = CBOR.encode(envelope);
    assertThat(binary).hasSameSizeAs(frames).allMatch(OutFrame::binary);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(JsonFormat.CBOR.decode(binary.get(i).payload()))
          .isEqualTo(new JsonObject(frames.get(i)));
    }
  }

  @Test
  void whatIsNotMarkedOrWrappedIsTheFormOfTheStore() {
    Envelope live = live(new RoomJoined(ROOM, ANN_HERE, 3, AT));
    assertThat(DIALECT.encode(live).getFirst().payload()).isEqualTo(EventJson.encode(live.event()));
  }

  static Stream<Arguments> replies() {
    return Stream.of(
        reply(Reply.DONE, "{\"type\":\"ok\",\"id\":\"q1\"}"),
        reply(
            new Reply.Pong(AT),
            "{\"type\":\"pong\",\"id\":\"q1\",\"timestamp\":\"2025-01-31T09:08:07.060Z\"}"),
        reply(
            new Reply.Authenticated(Optional.of(AT)),
            "{\"type\":\"ok\",\"id\":\"q1\",\"expires_at\":\"2025-01-31T09:08:07.060Z\"}"),
        reply(new Reply.Authenticated(none()), "{\"type\":\"ok\",\"id\":\"q1\"}"),
        reply(
            new Reply.Joined(ROOM, PLACE, Optional.of(true), 2, List.of(ANN_HERE, BOB_HERE), AT),
            """
            {"type":"ok","id":"q1","room":"order_1","seq":42,"epoch":"e1","recovered":true,\
            "members":[{"user_id":"ann","username":"Ann","email":"ann@example.org"},\
            {"user_id":"bob","username":"Bob"}],"count":2,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        reply(
            new Reply.Joined(ROOM, Position.START, none(), 1, List.of(), AT),
            """
            {"type":"ok","id":"q1","room":"order_1","seq":0,"epoch":"","members":[],"count":1,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        reply(
            new Reply.Left(ROOM, 1, AT),
            """
            {"type":"ok","id":"q1","room":"order_1","count":1,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        reply(
            new Reply.MembersPage(ROOM, List.of(BOB_HERE), 300, Optional.of(BOB)),
            """
            {"type":"ok","id":"q1","room":"order_1",\
            "members":[{"user_id":"bob","username":"Bob"}],"total":300,"next":"bob"}\
            """),
        reply(
            new Reply.Rooms(List.of(new Reply.RoomSummary(ROOM, 2, PLACE, 5))),
            """
            {"type":"ok","id":"q1","rooms":[{"room":"order_1","seq":42,"epoch":"e1","members":2,\
            "unread":5}]}\
            """),
        reply(
            new Reply.Stored(ROOM, PLACE, "m-1", AT, true),
            """
            {"type":"ok","id":"q1","room":"order_1","seq":42,"epoch":"e1","message_id":"m-1",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        reply(
            new Reply.Recorded(ROOM, PLACE),
            "{\"type\":\"ok\",\"id\":\"q1\",\"room\":\"order_1\",\"seq\":42,\"epoch\":\"e1\"}"),
        reply(
            new Reply.Marked(ROOM, 42, 3, 1),
            "{\"type\":\"ok\",\"id\":\"q1\",\"room\":\"order_1\",\"up_to\":42,\"unread\":3}"),
        reply(
            new Reply.HistoryPage(
                ROOM, List.of(new Reply.PlacedMessage(PLACE, fullMessage())), true, PLACE),
            """
            {"type":"ok","id":"q1","room":"order_1","messages":[{"seq":42,"epoch":"e1",\
            "room":"order_1","message_id":"m-2","user_id":"ann","username":"Ann",\
            "content":"look","content_type":"image","timestamp":"2025-01-31T09:08:07.060Z",\
            "client_message_id":"c-1","reply_to":7,"mentions":["bob"],\
            "attachments":[{"url":"/f/1"}],"reactions":{"👍":["bob"]},\
            "edited_at":"2025-01-31T09:08:07.060Z"}],"more":true,\
            "head":{"seq":42,"epoch":"e1"}}\
            """),
        reply(
            new Reply.Subscriptions(List.of(TopicName.INVENTORY, TopicName.JOBS), List.of()),
            "{\"type\":\"ok\",\"id\":\"q1\",\"topics\":[\"inventory\",\"jobs\"]}"),
        reply(
            new Reply.Jobs(List.of(Samples.job()), AT),
            """
            {"type":"ok","id":"q1","jobs":[{"job_id":"job789","status":"running",\
            "progress":45.5,"name":"Import","owner":"ann",\
            "created_at":"2025-01-31T09:08:07.060Z","updated_at":"2025-01-31T09:08:08.060Z"}],\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        reply(
            new Reply.Presences(List.of(away(), PresenceState.unknown(BOB))),
            """
            {"type":"ok","id":"q1","users":[{"user_id":"ann","username":"Ann","status":"away",\
            "status_message":"lunch","location":"kitchen",\
            "last_seen":"2025-01-31T09:08:07.060Z"},\
            {"user_id":"bob","username":"bob","status":"offline"}]}\
            """),
        reply(
            new Reply.SessionResumed(
                Map.of(ROOM, new RoomResumption.Resumed(PLACE, true)), List.of("news")),
            """
            {"type":"ok","id":"q1","rooms":{"order_1":{"seq":42,"epoch":"e1","recovered":true}},\
            "topics":["news"]}\
            """),
        reply(
            new Reply.SessionResumed(
                Map.of(ROOM, new RoomResumption.Refused(Rejection.denied("No"))), List.of()),
            """
            {"type":"ok","id":"q1","rooms":{"order_1":{"error":"No",\
            "code":"PERMISSION_DENIED"}},"topics":[]}\
            """),
        reply(
            new Reply.Custom(new JsonObject().put("type", "vote.counted").put("id", 1).put("n", 2)),
            "{\"id\":\"q1\",\"type\":\"vote.counted\",\"n\":2}"),
        reply(
            new Reply.Custom(new JsonObject().put("n", 2)),
            "{\"type\":\"ok\",\"id\":\"q1\",\"n\":2}"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void everyReplyHasItsFrame(Reply reply, String json) {
    assertThat(texts(DIALECT.encode(new ListRooms(), reply, ID, ANNS_SESSION)))
        .containsExactly(json);
  }

  @Test
  void whoGivesNoIdIsAnsweredByPongsAndPluginsOnly() {
    assertThat(encodeWithoutId(Reply.DONE)).isEmpty();
    assertThat(encodeWithoutId(new Reply.Recorded(ROOM, PLACE))).isEmpty();
    assertThat(encodeWithoutId(new Reply.Pong(AT)))
        .containsExactly("{\"type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\"}");
    assertThat(encodeWithoutId(new Reply.Custom(new JsonObject().put("type", "x").put("id", 1))))
        .containsExactly("{\"type\":\"x\",\"id\":1}");
  }

  @Test
  void errorsSayWhatWhereAndHowLong() {
    Rejection limited =
        new Rejection(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "Slow down",
            Optional.of("room"),
            Optional.of(Duration.ofMillis(1500)));
    assertThat(texts(DIALECT.encode(limited, new JsonValue(7))))
        .containsExactly(
            """
            {"type":"error","id":7,"error":"Slow down","code":"RATE_LIMIT_EXCEEDED",\
            "field":"room","retry_after":2,"timestamp":"2025-01-31T09:08:07.060Z",\
            "message":"Slow down"}\
            """);
    assertThat(texts(DIALECT.encode(Rejection.denied("No"), JsonValue.NULL)))
        .containsExactly(
            """
            {"type":"error","error":"No","code":"PERMISSION_DENIED",\
            "timestamp":"2025-01-31T09:08:07.060Z","message":"No"}\
            """);
  }

  @Test
  void theOtherEncodingsFramesAreRefused() throws IOException {
    InFrame binary = cbor("{\"type\":\"ping\"}");
    assertThat(((Decoded.Refused) DIALECT.decode(binary, ANNS_SESSION)).rejection().code())
        .isEqualTo(ErrorCode.VALIDATION_FAILED);
    InFrame text = frame("{\"type\":\"ping\"}");
    assertThat(((Decoded.Refused) CBOR.decode(text, ANNS_SESSION)).rejection().code())
        .isEqualTo(ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void aConnectionBeginsWithoutCommands() {
    assertThat(DIALECT.opening(ANNS_SESSION)).isEmpty();
    assertThat(DIALECT.followsConversations()).isFalse();
  }

  private static List<String> encodeWithoutId(Reply reply) {
    return texts(DIALECT.encode(new ListRooms(), reply, JsonValue.NULL, ANNS_SESSION));
  }

  private static Arguments command(String json, Command command) {
    return Arguments.of(json, command);
  }

  private static Arguments event(Envelope envelope, String json) {
    return Arguments.of(envelope, List.of(json));
  }

  private static Arguments reply(Reply reply, String json) {
    return Arguments.of(reply, json);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static RoomMessage message() {
    return new RoomMessage(ROOM, ANN, "Ann", "moved", JsonValue.NULL, new JsonValue(7), AT);
  }

  private static JsonObject custom() {
    return new JsonObject()
        .put("type", "price")
        .put("data", new JsonObject().put("eur", 1.5))
        .put("seq", "as given");
  }

  private static String many(int count) {
    return new JsonArray(Collections.nCopies(count, "u")).encode();
  }

  private static InFrame cbor(String json) throws IOException {
    JsonObject tree = JsonFormat.TEXT.decode(frame(json).payload());
    return new InFrame(true, JsonFormat.CBOR.encode(out -> out.value(tree)));
  }
}
