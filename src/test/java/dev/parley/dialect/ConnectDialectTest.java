package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.ANN_HERE;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.BOB;
import static dev.parley.dialect.Samples.BOB_HERE;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.GUESTS_SESSION;
import static dev.parley.dialect.Samples.PLACE;
import static dev.parley.dialect.Samples.ROOM;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.assertRefused;
import static dev.parley.dialect.Samples.away;
import static dev.parley.dialect.Samples.frame;
import static dev.parley.dialect.Samples.fullMessage;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.online;
import static dev.parley.dialect.Samples.plainMessage;
import static dev.parley.dialect.Samples.stored;
import static dev.parley.dialect.Samples.texts;
import static dev.parley.dialect.Samples.welcomed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SessionEvent.Expiring;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectDialectTest {
  private static final Dialect DIALECT = new ConnectDialect(DialectLimits.DEFAULTS, CLOCK);

  static Stream<Arguments> commands() {
    return Stream.of(
        command("{\"type\":\"ping\"}", new Ping()),
        command("{\"type\":\"auth\",\"token\":\"t.t.t\"}", new Authenticate("t.t.t")),
        command("{\"type\":\"join_room\",\"room\":\"order_1\"}", new JoinRoom(ROOM, none())),
        command("{\"type\":\"join_room\",\"room_id\":\"order_1\"}", new JoinRoom(ROOM, none())),
        command("{\"type\":\"leave_room\",\"room\":\"order_1\"}", new LeaveRoom(ROOM)),
        command(
            "{\"type\":\"broadcast_admin\",\"message\":\"disk full\"}",
            toAdmins(new JsonValue("disk full"))),
        command(
            "{\"type\":\"broadcast_admin\",\"message\":{\"a\":1}}",
            toAdmins(new JsonValue(new JsonObject().put("a", 1)))),
        command(
            "{\"type\":\"chat_message\",\"room\":\"order_1\",\"content\":\"hi\"}",
            new SendMessage(ROOM, "hi", "text", none(), none(), List.of(), new JsonArray())),
        command(
            """
            {"type":"chat_message","room":"order_1","content":"hi","message_type":"image",
             "client_message_id":"c-1","reply_to":7,"mentions":["bob"],
             "attachments":["/f/1"]}\
            """,
            new SendMessage(
                ROOM,
                "hi",
                "image",
                Optional.of("c-1"),
                Optional.of(new MessageRef.BySeq(7)),
                List.of(BOB),
                new JsonArray().add("/f/1"))),
        command(
            "{\"type\":\"typing_start\",\"room\":\"order_1\"}", new SetTyping(ROOM, true, none())),
        command(
            "{\"type\":\"typing_stop\",\"room\":\"order_1\"}", new SetTyping(ROOM, false, none())),
        command(
            """
            {"type":"mark_read","room":"order_1","message_ids":[1,"2","m-3"]}\
            """,
            new MarkRead(
                ROOM,
                List.of(
                    new MessageRef.BySeq(1), new MessageRef.BySeq(2), new MessageRef.ById("m-3")))),
        command(
            "{\"type\":\"mark_read\",\"room\":\"order_1\",\"up_to\":3}",
            new MarkRead(ROOM, List.of(new MessageRef.BySeq(3)))),
        command(
            """
            {"type":"edit_message","room":"order_1","message_id":42,"content":"hello"}\
            """,
            new EditMessage(ROOM, new MessageRef.BySeq(42), "hello")),
        command(
            "{\"type\":\"delete_message\",\"room\":\"order_1\",\"message_id\":\"m-1\"}",
            new DeleteMessage(ROOM, new MessageRef.ById("m-1"))),
        command(
            """
            {"type":"add_reaction","room":"order_1","message_id":42,"emoji":"👍"}\
            """,
            new React(ROOM, new MessageRef.BySeq(42), "👍", true)),
        command(
            """
            {"type":"remove_reaction","room":"order_1","message_id":42,"emoji":"👍"}\
            """,
            new React(ROOM, new MessageRef.BySeq(42), "👍", false)),
        command(
            "{\"type\":\"presence_update\",\"status\":\"away\",\"status_message\":\"lunch\"}",
            new SetPresence(PresenceStatus.AWAY, Optional.of("lunch"), none())),
        command(
            "{\"type\":\"get_weather\"}",
            new CustomCommand("get_weather", new JsonObject().put("type", "get_weather"))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsRead(String json, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, json, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"auth"}                                                  | VALIDATION_FAILED token
          {"type":"join_room"}                                             | VALIDATION_FAILED room
          {"type":"join_room","room":"a b"}                                | VALIDATION_FAILED room
          {"type":"join_room","room_id":""}                                | VALIDATION_FAILED room_id
          {"type":"leave_room","room":7}                                   | VALIDATION_FAILED room
          {"type":"broadcast_admin"}                                       | VALIDATION_FAILED message
          {"type":"broadcast_admin","message":7}                           | VALIDATION_FAILED message
          {"type":"chat_message","room":"a"}                               | VALIDATION_FAILED content
          {"type":"chat_message","content":"x"}                            | VALIDATION_FAILED room
          {"type":"chat_message","room":"a","content":""}                  | VALIDATION_FAILED content
          {"type":"chat_message","room":"a","content":"x","message_type":"system"} | VALIDATION_FAILED message_type
          {"type":"chat_message","room":"a","content":"x","message_type":7} | VALIDATION_FAILED message_type
          {"type":"chat_message","room":"a","content":"x","mentions":{}}   | VALIDATION_FAILED mentions
          {"type":"typing_start"}                                          | VALIDATION_FAILED room
          {"type":"typing_stop","room":[]}                                 | VALIDATION_FAILED room
          {"type":"mark_read","room":"a"}                                  | VALIDATION_FAILED up_to
          {"type":"mark_read","room":"a","message_ids":[]}                 | VALIDATION_FAILED message_ids
          {"type":"mark_read","room":"a","message_ids":[-1]}               | VALIDATION_FAILED message_ids
          {"type":"mark_read","room":"a","message_ids":7}                  | VALIDATION_FAILED message_ids
          {"type":"edit_message","room":"a","content":"x"}                 | VALIDATION_FAILED message_id
          {"type":"edit_message","room":"a","message_id":1}                | VALIDATION_FAILED content
          {"type":"delete_message","room":"a","message_id":true}           | VALIDATION_FAILED message_id
          {"type":"add_reaction","room":"a","message_id":1}                | VALIDATION_FAILED emoji
          {"type":"remove_reaction","room":"a","message_id":1,"emoji":""}  | VALIDATION_FAILED emoji
          {"type":"presence_update"}                                       | VALIDATION_FAILED status
          {"type":"presence_update","status":"asleep"}                     | VALIDATION_FAILED status
          {"type":"presence_update","status":"away","status_message":1}    | VALIDATION_FAILED status_message
          """)
  void whatIsMissingOrWrongIsNamed(String json, String refusal) {
    assertRefused(DIALECT, json, refusal);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        event(
            live(welcomed()),
            """
            {"type":"connection","status":"connected","connection_id":"c1","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """,
            """
            {"type":"connection_established","connection_id":"c1","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(live(new RoomJoined(ROOM, ANN_HERE, 3, AT)), JOINED),
        event(live(new RoomLeft(ROOM, BOB_HERE, 2, AT)), LEFT),
        event(
            live(new MembersChanged(ROOM, List.of(ANN_HERE), List.of(BOB_HERE), 201, AT)),
            JOINED.replace(":3,", ":201,"),
            LEFT.replace(":2,", ":201,")),
        event(
            stored(new ChatPosted(plainMessage())),
            """
            {"type":"chat_message","id":42,"message_id":"m-1","room":"order_1","sender_id":"bob",\
            "user_id":"bob","username":"Bob","content":"hi","message_type":"text",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatPosted(fullMessage())),
            """
            {"type":"chat_message","id":42,"message_id":"m-2","room":"order_1","sender_id":"ann",\
            "user_id":"ann","username":"Ann","content":"look","message_type":"image",\
            "timestamp":"2025-01-31T09:08:07.060Z","client_message_id":"c-1","reply_to":7,\
            "mentions":["bob"],"attachments":[{"url":"/f/1"}]}\
            """),
        event(
            stored(new ChatEdited(ROOM, "m-1", 41, "hello", BOB, "Bob", AT)),
            """
            {"type":"message_edited","room":"order_1","id":41,"message_id":"m-1",\
            "content":"hello","user_id":"bob","username":"Bob",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatDeleted(ROOM, "m-1", 41, ANN, AT)),
            """
            {"type":"message_deleted","room":"order_1","id":41,"message_id":"m-1","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatReacted(ROOM, "m-1", 41, "👍", ANN, true, List.of(BOB, ANN), AT)),
            REACTED),
        event(
            stored(new ChatReacted(ROOM, "m-1", 41, "👍", ANN, false, List.of(BOB, ANN), AT)),
            REACTED.replace("added", "removed")),
        event(
            live(new ChatRead(ROOM, ANN, "Ann", 3, List.of(1L, 2L, 3L), List.of("a", "b"), AT)),
            """
            {"type":"read_receipt","room":"order_1","user_id":"ann","message_ids":[1,2,3],\
            "up_to":3,"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new ChatTyping(ROOM, ANN, "Ann", true, Optional.of("A1"))),
            """
            {"type":"typing_indicator","room":"order_1","user_id":"ann","username":"Ann",\
            "is_typing":true}\
            """),
        event(
            live(new PresenceChanged(away(), Cause.STATUS, AT)),
            """
            {"type":"presence_update","user_id":"ann","username":"Ann","status":"away",\
            "status_message":"lunch","last_seen":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new PresenceChanged(online(), Cause.CONNECTION, AT)),
            """
            {"type":"presence_update","user_id":"ann","username":"Ann","status":"online",\
            "status_message":null,"last_seen":null}\
            """),
        event(
            live(new UserActivity("connected", ANN, none(), AT)),
            """
            {"type":"user_activity","activity":"connected","user_id":"ann","room":null,\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new UserActivity("joined_room", ANN, Optional.of(ROOM), AT)),
            """
            {"type":"user_activity","activity":"joined_room","user_id":"ann","room":"order_1",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(adminBroadcast(RoomName.ADMIN)),
            """
            {"type":"admin_broadcast","message":{"a":1},"from":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(
                new CustomMessage(
                    new JsonObject().put("type", "custom_event").put("data", new JsonObject()))),
            "{\"type\":\"custom_event\",\"data\":{}}"),
        // It has no word for these.
        event(live(adminBroadcast(ROOM))),
        event(stored(new RoomGranted(ROOM, BOB, ANN, AT))),
        event(stored(new RoomRevoked(ROOM, BOB, ANN, AT))),
        event(live(new RoomReset(ROOM, PLACE))),
        event(live(new ChatDelivered(ROOM, "m-1", 42, List.of(ANN), AT))),
        event(live(new CursorMoved(ROOM, ANN, "Ann", 1, 2, none()))),
        event(live(new Expiring(AT, Duration.ofSeconds(30)))),
        event(live(new Draining(AT))));
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsFrames(Envelope envelope, List<String> frames) {
    assertThat(texts(DIALECT.encode(envelope))).isEqualTo(frames);
  }

  @Test
  void whoJoinsAndWhoLeavesHearsItAsTheOthersDo() {
    Reply joined = new Reply.Joined(ROOM, PLACE, none(), 3, List.of(ANN_HERE, BOB_HERE), AT);
    assertThat(encode(joined, JsonValue.NULL)).containsExactly(JOINED);
    assertThat(encode(new Reply.Left(ROOM, 3, AT), JsonValue.NULL))
        .containsExactly(JOINED.replace("user_joined", "user_left"));
  }

  @Test
  void pingsAreAnsweredWithTheIdTheyHad() {
    assertThat(encode(new Reply.Pong(AT), idOf("{\"type\":\"ping\",\"id\":7}")))
        .containsExactly("{\"type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\",\"id\":7}");
    assertThat(encode(new Reply.Pong(AT), idOf("{\"type\":\"ping\",\"request_id\":\"r\"}")))
        .containsExactly(
            "{\"type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\",\"request_id\":\"r\"}");
    assertThat(encode(new Reply.Pong(AT), idOf("{\"type\":\"ping\"}")))
        .containsExactly("{\"type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\"}");
  }

  @Test
  void aNewerTokenIsConfirmedAndTheFirstAnsweredByTheOpening() {
    Reply until = new Reply.Authenticated(Optional.of(AT));
    assertThat(encode(until, JsonValue.NULL))
        .containsExactly("{\"type\":\"auth_ok\",\"expires_at\":\"2025-01-31T09:08:07.060Z\"}");
    assertThat(encode(new Reply.Authenticated(none()), JsonValue.NULL))
        .containsExactly("{\"type\":\"auth_ok\",\"expires_at\":null}");
    assertThat(DIALECT.encode(new Authenticate("t"), until, JsonValue.NULL, GUESTS_SESSION))
        .isEmpty();
  }

  @Test
  void whatTheEventTellsIsNotConfirmedBesides() {
    JsonValue id = idOf("{\"type\":\"chat_message\",\"id\":7}");
    assertThat(encode(new Reply.Stored(ROOM, PLACE, "m-1", AT, false), id)).isEmpty();
    assertThat(encode(new Reply.Recorded(ROOM, PLACE), id)).isEmpty();
    assertThat(encode(new Reply.Marked(ROOM, 42, 0, 1), id)).isEmpty();
    assertThat(encode(Reply.DONE, id)).isEmpty();
  }

  @Test
  void aPluginsAnswerComesAsItIsWithTheId() {
    Reply answer = new Reply.Custom(new JsonObject().put("type", "counted").put("n", 2));
    assertThat(encode(answer, idOf("{\"type\":\"count\",\"id\":7}")))
        .containsExactly("{\"type\":\"counted\",\"n\":2,\"id\":7}");
    assertThat(encode(answer, JsonValue.NULL)).containsExactly("{\"type\":\"counted\",\"n\":2}");
  }

  @Test
  void errorsHaveTheShapeOfTheContract() {
    assertThat(
            texts(
                DIALECT.encode(
                    Rejection.of(ErrorCode.ROOM_NOT_FOUND, "No such room"),
                    idOf("{\"type\":\"leave_room\",\"request_id\":\"r-1\"}"))))
        .containsExactly(
            """
            {"type":"error","error":"No such room","code":"ROOM_NOT_FOUND",\
            "timestamp":"2025-01-31T09:08:07.060Z","message":"No such room",\
            "request_id":"r-1"}\
            """);
  }

  private static final String JOINED =
      """
      {"type":"room_event","event":"user_joined","room":"order_1","user_id":"ann",\
      "username":"Ann","members":3,"timestamp":"2025-01-31T09:08:07.060Z"}\
      """;
  private static final String LEFT =
      """
      {"type":"room_event","event":"user_left","room":"order_1","user_id":"bob",\
      "username":"Bob","members":2,"timestamp":"2025-01-31T09:08:07.060Z"}\
      """;
  private static final String REACTED =
      """
      {"type":"reaction_update","room":"order_1","id":41,"message_id":"m-1","emoji":"👍",\
      "user_id":"ann","action":"added","users":["bob","ann"],\
      "timestamp":"2025-01-31T09:08:07.060Z"}\
      """;

  private static List<String> encode(Reply reply, JsonValue id) {
    return texts(DIALECT.encode(new Ping(), reply, id, ANNS_SESSION));
  }

  private static JsonValue idOf(String json) {
    return switch (DIALECT.decode(frame(json), ANNS_SESSION)) {
      case Decoded.Commands(_, var id) -> id;
      case Decoded.Refused(_, var id) -> id;
    };
  }

  private static BroadcastToRoom toAdmins(JsonValue message) {
    return new BroadcastToRoom(RoomName.ADMIN, "admin_broadcast", message, JsonValue.NULL, false);
  }

  private static RoomMessage adminBroadcast(RoomName room) {
    JsonValue message = new JsonValue(new JsonObject().put("a", 1));
    return new RoomMessage(
        room, new UserId("ann"), "Ann", "admin_broadcast", message, JsonValue.NULL, AT);
  }

  private static Arguments command(String json, Command command) {
    return Arguments.of(json, command);
  }

  private static Arguments event(Envelope envelope, String... frames) {
    return Arguments.of(envelope, List.of(frames));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
