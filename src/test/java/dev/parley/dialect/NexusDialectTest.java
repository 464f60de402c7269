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
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.SessionCommand.Acknowledge;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.NameMyself;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionEvent.Draining;
import dev.parley.protocol.SessionEvent.Expiring;
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

final class NexusDialectTest {
  private static final Dialect DIALECT = new NexusDialect(DialectLimits.DEFAULTS, CLOCK);

  static Stream<Arguments> commands() {
    return Stream.of(
        command("{\"event_type\":\"ping\"}", new Ping()),
        command("{\"event_type\":\"pong\"}", new Acknowledge()),
        command("{\"event_type\":\"connect\"}", new Acknowledge()),
        command("{\"event_type\":\"chat.delivered\",\"message_id\":\"m-1\"}", new Acknowledge()),
        command("{\"event_type\":\"auth\",\"token\":\"t.t.t\"}", new Authenticate("t.t.t")),
        command(
            """
            {"event_type":"chat.message","conversation_id":"order_1","content":"hi"}\
            """,
            new SendMessage(ROOM, "hi", "text", none(), none(), List.of(), new JsonArray())
                .withReceipt()),
        command(
            """
            {"event_type":"chat.message","conversation_id":"order_1","content":"hi",
             "content_type":"markdown","mentions":["bob"],"attachments":[{"url":"/f/1"}],
             "reply_to":"m-1","client_message_id":"c-1"}\
            """,
            new SendMessage(
                    ROOM,
                    "hi",
                    "markdown",
                    Optional.of("c-1"),
                    Optional.of(new MessageRef.ById("m-1")),
                    List.of(BOB),
                    new JsonArray().add(new JsonObject().put("url", "/f/1")))
                .withReceipt()),
        command(
            """
            {"event_type":"chat.typing","conversation_id":"order_1","is_typing":false}\
            """,
            new SetTyping(ROOM, false, none())),
        command(
            """
            {"event_type":"chat.typing","conversation_id":"order_1","username":"Eve"}\
            """,
            new SetTyping(ROOM, true, none())),
        command(
            """
            {"event_type":"chat.read","conversation_id":"order_1","message_id":"m-1"}\
            """,
            new MarkRead(ROOM, List.of(new MessageRef.ById("m-1")))),
        command(
            """
            {"event_type":"chat.read","conversation_id":"order_1","message_ids":["m-1",2]}\
            """,
            new MarkRead(ROOM, List.of(new MessageRef.ById("m-1"), new MessageRef.BySeq(2)))),
        command(
            """
            {"event_type":"chat.edit","conversation_id":"order_1","message_id":"m-1",
             "content":"hello"}\
            """,
            new EditMessage(ROOM, new MessageRef.ById("m-1"), "hello")),
        command(
            """
            {"event_type":"chat.delete","conversation_id":"order_1","message_id":"m-1"}\
            """,
            new DeleteMessage(ROOM, new MessageRef.ById("m-1"))),
        command(
            "{\"event_type\":\"room.join\",\"room_id\":\"order_1\",\"username\":\"Eve\"}",
            new JoinRoom(ROOM, none())),
        command(
            "{\"event_type\":\"notification.read\",\"notification_id\":\"n-1\"}",
            new ReadNotifications(List.of("n-1"))),
        command(
            "{\"event_type\":\"notification.clear\",\"notification_id\":\"n-1\"}",
            new ClearNotifications(List.of("n-1"))),
        command(
            "{\"event_type\":\"notification.clear\",\"all\":true}",
            new ClearNotifications(List.of())),
        command("{\"event_type\":\"room.leave\",\"room_id\":\"order_1\"}", new LeaveRoom(ROOM)),
        command(
            """
            {"event_type":"room.broadcast","room_id":"order_1","message":"hi"}\
            """,
            new BroadcastToRoom(ROOM, "broadcast", new JsonValue("hi"), JsonValue.NULL, false)),
        command(
            """
            {"event_type":"room.broadcast","room_id":"order_1","data":{"x":1}}\
            """,
            new BroadcastToRoom(
                ROOM,
                "broadcast",
                JsonValue.NULL,
                new JsonValue(new JsonObject().put("x", 1)),
                false)),
        command(
            """
            {"event_type":"presence.update","status":"busy","status_message":"call",
             "location":"desk"}\
            """,
            new SetPresence(PresenceStatus.BUSY, Optional.of("call"), Optional.of("desk"))),
        command(
            "{\"event_type\":\"presence.update\",\"location\":\"desk\"}",
            new SetPresence(PresenceStatus.ONLINE, none(), Optional.of("desk"))),
        command(
            "{\"event_type\":\"presence.online\"}",
            new SetPresence(PresenceStatus.ONLINE, none(), none())),
        command(
            "{\"event_type\":\"presence.away\",\"status_message\":\"lunch\"}",
            new SetPresence(PresenceStatus.AWAY, Optional.of("lunch"), none())),
        command(
            "{\"event_type\":\"presence.busy\"}",
            new SetPresence(PresenceStatus.BUSY, none(), none())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsRead(String json, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, json, command);
  }

  @Test
  void aGuestGoesByTheNameInTheFrame() {
    String join = "{\"event_type\":\"room.join\",\"room_id\":\"order_1\",\"username\":\"%s\"}";
    JoinRoom command = new JoinRoom(ROOM, none());
    assertMeans(DIALECT, GUESTS_SESSION, join.formatted("Eve"), new NameMyself("Eve"), command);
    assertMeans(DIALECT, GUESTS_SESSION, join.formatted("guest-1"), command);
    assertMeans(DIALECT, GUESTS_SESSION, join.formatted(""), command);
    assertMeans(
        DIALECT,
        GUESTS_SESSION,
        "{\"event_type\":\"auth\",\"token\":\"t\",\"username\":\"Eve\"}",
        new Authenticate("t"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"ping"}                                                  | VALIDATION_FAILED event_type
          {"event_type":7}                                                 | VALIDATION_FAILED event_type
          {"event_type":"doc.open","document_id":"d"}                      | UNKNOWN_MESSAGE_TYPE
          {"event_type":"notification.read"}                               | VALIDATION_FAILED notification_id
          {"event_type":"notification.read","notification_id":[]}          | VALIDATION_FAILED notification_id
          {"event_type":"notification.clear"}                              | VALIDATION_FAILED notification_id
          {"event_type":"notification.clear","all":"yes"}                  | VALIDATION_FAILED all
          {"event_type":"no.such.thing"}                                   | UNKNOWN_MESSAGE_TYPE
          {"event_type":"auth"}                                            | VALIDATION_FAILED token
          {"event_type":"chat.message","content":"x"}                      | VALIDATION_FAILED conversation_id
          {"event_type":"chat.message","conversation_id":"a b","content":"x"} | VALIDATION_FAILED conversation_id
          {"event_type":"chat.message","conversation_id":"a"}              | VALIDATION_FAILED content
          {"event_type":"chat.message","conversation_id":"a","content":"x","content_type":"system"} | VALIDATION_FAILED content_type
          {"event_type":"chat.message","conversation_id":"a","content":"x","mentions":[{}]} | VALIDATION_FAILED mentions
          {"event_type":"chat.typing"}                                     | VALIDATION_FAILED conversation_id
          {"event_type":"chat.typing","conversation_id":"a","is_typing":1} | VALIDATION_FAILED is_typing
          {"event_type":"chat.read","conversation_id":"a"}                 | VALIDATION_FAILED message_id
          {"event_type":"chat.read","conversation_id":"a","message_ids":[]} | VALIDATION_FAILED message_ids
          {"event_type":"chat.edit","conversation_id":"a","content":"x"}   | VALIDATION_FAILED message_id
          {"event_type":"chat.edit","conversation_id":"a","message_id":"m"} | VALIDATION_FAILED content
          {"event_type":"chat.delete","conversation_id":"a"}               | VALIDATION_FAILED message_id
          {"event_type":"room.join"}                                       | VALIDATION_FAILED room_id
          {"event_type":"room.leave","room_id":7}                          | VALIDATION_FAILED room_id
          {"event_type":"room.broadcast","message":"x"}                    | VALIDATION_FAILED room_id
          {"event_type":"presence.update","status":"offline"}              | VALIDATION_FAILED status
          {"event_type":"presence.away","location":{}}                     | VALIDATION_FAILED location
          """)
  void whatIsMissingOrWrongIsNamed(String json, String refusal) {
    assertRefused(DIALECT, json, refusal);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        event(
            live(welcomed()),
            """
            {"event_type":"system.message","message":"Connected","connection_id":"c1",\
            "user_id":"ann","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(live(new RoomJoined(ROOM, ANN_HERE, 3, AT)), JOINED),
        event(live(new RoomLeft(ROOM, BOB_HERE, 2, AT)), LEFT),
        event(
            live(new MembersChanged(ROOM, List.of(ANN_HERE), List.of(BOB_HERE), 201, AT)),
            JOINED.replace(":3}", ":201}"),
            LEFT.replace(":2}", ":201}")),
        event(
            live(broadcast(new JsonValue("hi"), JsonValue.NULL)),
            """
            {"event_type":"room.broadcast","room_id":"order_1","user_id":"ann","message":"hi",\
            "data":null,"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(broadcast(JsonValue.NULL, new JsonValue(new JsonArray().add(1)))),
            """
            {"event_type":"room.broadcast","room_id":"order_1","user_id":"ann","message":null,\
            "data":[1],"timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatPosted(plainMessage())),
            """
            {"event_type":"chat.message","conversation_id":"order_1","message_id":"m-1","seq":42,\
            "user_id":"bob","username":"Bob","content":"hi","content_type":"text",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatPosted(fullMessage())),
            """
            {"event_type":"chat.message","conversation_id":"order_1","message_id":"m-2","seq":42,\
            "user_id":"ann","username":"Ann","content":"look","content_type":"image",\
            "reply_to":7,"mentions":["bob"],"attachments":[{"url":"/f/1"}],\
            "client_message_id":"c-1","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatEdited(ROOM, "m-1", 41, "hello", BOB, "Bob", AT)),
            """
            {"event_type":"chat.edit","conversation_id":"order_1","message_id":"m-1",\
            "content":"hello","user_id":"bob","edited_at":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            stored(new ChatDeleted(ROOM, "m-1", 41, ANN, AT)),
            """
            {"event_type":"chat.delete","conversation_id":"order_1","message_id":"m-1",\
            "user_id":"ann","timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new ChatRead(ROOM, ANN, "Ann", 2, List.of(1L, 2L), List.of("m-1", "m-2"), AT)),
            """
            {"event_type":"chat.read","conversation_id":"order_1","message_id":"m-2",\
            "message_ids":["m-1","m-2"],"user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new ChatTyping(ROOM, ANN, "Ann", true, none())),
            """
            {"event_type":"chat.typing","conversation_id":"order_1","user_id":"ann",\
            "username":"Ann","is_typing":true}\
            """),
        event(
            live(new ChatDelivered(ROOM, "m-1", 42, List.of(ANN, BOB), AT)),
            """
            {"event_type":"chat.delivered","message_id":"m-1","conversation_id":"order_1",\
            "delivered_to":["ann","bob"]}\
            """),
        event(
            live(new PresenceChanged(away(), Cause.STATUS, AT)),
            """
            {"event_type":"presence.update","user_id":"ann","status":"away",\
            "status_message":"lunch","location":"kitchen",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """,
            """
            {"event_type":"presence.away","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new PresenceChanged(online(), Cause.CONNECTION, AT)),
            """
            {"event_type":"presence.online","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new PresenceChanged(PresenceState.unknown(ANN), Cause.CONNECTION, AT)),
            """
            {"event_type":"presence.offline","user_id":"ann",\
            "timestamp":"2025-01-31T09:08:07.060Z"}\
            """),
        event(
            live(new UserActivity("connected", ANN, none(), AT)),
            "{\"event_type\":\"connect\",\"user_id\":\"ann\"}"),
        event(
            live(new UserActivity("disconnected", ANN, none(), AT)),
            "{\"event_type\":\"disconnect\",\"user_id\":\"ann\"}"),
        event(
            live(new CustomMessage(new JsonObject().put("event_type", "price").put("eur", 1))),
            "{\"event_type\":\"price\",\"eur\":1}"),
        event(
            stored(new CustomMessage(new JsonObject().put("type", "price").put("eur", 1))),
            "{\"type\":\"price\",\"eur\":1,\"event_type\":\"price\"}"),
        // It has no word for these.
        event(live(new UserActivity("joined_room", ANN, Optional.of(ROOM), AT))),
        event(stored(new ChatReacted(ROOM, "m-1", 41, "👍", ANN, true, List.of(ANN), AT))),
        event(stored(new RoomRevoked(ROOM, BOB, ANN, AT))),
        event(live(new RoomReset(ROOM, PLACE))),
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
  void whoJoinsHearsItAndThenWhoIsThere() {
    Reply joined = new Reply.Joined(ROOM, PLACE, none(), 3, List.of(ANN_HERE, BOB_HERE), AT);
    assertThat(encode(joined))
        .containsExactly(
            JOINED,
            """
            {"event_type":"room.state","room_id":"order_1",\
            "members":[{"user_id":"ann","username":"Ann"},{"user_id":"bob","username":"Bob"}]}\
            """);
    assertThat(encode(new Reply.Left(ROOM, 2, AT)))
        .containsExactly(LEFT.replace("\"bob\"", "\"ann\"").replace("\"Bob\"", "\"Ann\""));
  }

  @Test
  void otherRepliesHaveTheirFrames() {
    assertThat(encode(new Reply.Pong(AT)))
        .containsExactly(
            "{\"event_type\":\"pong\",\"timestamp\":\"2025-01-31T09:08:07.060Z\",\"id\":7}");
    assertThat(encode(new Reply.Authenticated(none())))
        .containsExactly("{\"event_type\":\"auth_ok\",\"expires_at\":null,\"id\":7}");
    assertThat(
            DIALECT.encode(
                new Authenticate("t"), new Reply.Authenticated(none()), ID, GUESTS_SESSION))
        .isEmpty();
    assertThat(encode(new Reply.Stored(ROOM, PLACE, "m-1", AT, false))).isEmpty();
    assertThat(encode(new Reply.Marked(ROOM, 42, 0, 1))).isEmpty();
    assertThat(encode(Reply.DONE)).isEmpty();
  }

  @Test
  void errorsHaveTheShapeOfTheContract() {
    assertThat(texts(DIALECT.encode(Rejection.invalid("room_id", "room_id is missing"), ID)))
        .containsExactly(
            """
            {"event_type":"error","error":"room_id is missing","code":"VALIDATION_FAILED",\
            "field":"room_id","timestamp":"2025-01-31T09:08:07.060Z",\
            "message":"room_id is missing","id":7}\
            """);
  }

  @Test
  void conversationsGoOnWithoutJoining() {
    assertThat(DIALECT.followsConversations()).isTrue();
  }

  private static final JsonValue ID = new JsonValue(new JsonObject().put("id", 7));
  private static final String JOINED =
      """
      {"event_type":"room.join","room_id":"order_1","user_id":"ann","username":"Ann",\
      "members":3}\
      """;
  private static final String LEFT =
      """
      {"event_type":"room.leave","room_id":"order_1","user_id":"bob","username":"Bob",\
      "members":2}\
      """;

  private static List<String> encode(Reply reply) {
    return texts(DIALECT.encode(new Ping(), reply, ID, ANNS_SESSION));
  }

  private static RoomMessage broadcast(JsonValue message, JsonValue data) {
    return new RoomMessage(ROOM, ANN, "Ann", "broadcast", message, data, AT);
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
