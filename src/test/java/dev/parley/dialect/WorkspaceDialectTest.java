package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANN;
import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.ANN_HERE;
import static dev.parley.dialect.Samples.AT;
import static dev.parley.dialect.Samples.BOB_HERE;
import static dev.parley.dialect.Samples.CLOCK;
import static dev.parley.dialect.Samples.PLACE;
import static dev.parley.dialect.Samples.ROOM;
import static dev.parley.dialect.Samples.assertMeans;
import static dev.parley.dialect.Samples.assertRefused;
import static dev.parley.dialect.Samples.away;
import static dev.parley.dialect.Samples.caller;
import static dev.parley.dialect.Samples.live;
import static dev.parley.dialect.Samples.plainMessage;
import static dev.parley.dialect.Samples.session;
import static dev.parley.dialect.Samples.stored;
import static dev.parley.dialect.Samples.texts;
import static dev.parley.dialect.Samples.welcomed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.PresenceCommand.MoveCursor;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.CursorMoved;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import dev.parley.protocol.RoomState.Cursor;
import dev.parley.protocol.RoomState.Present;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.FilterNotifications;
import dev.parley.protocol.SessionCommand.Ping;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkspaceDialectTest {
  private static final Dialect DIALECT = new WorkspaceDialect(DialectLimits.DEFAULTS, CLOCK);
  private static final JsonValue ID = new JsonValue(new JsonObject().put("request_id", "q1"));
  private static final String STATE =
      """
      {"type":"room_state","room_id":"order_1","users":[{"user_id":"ann","username":"Ann",\
      "email":"ann@example.org","room":"order_1","status":"busy",\
      "cursor":{"x":100,"y":200.5,"cell":"A1"},"last_seen":"2025-01-31T09:08:07.060Z"},\
      {"user_id":"bob","username":"Bob","email":null,"room":"order_1","status":"online",\
      "cursor":null,"last_seen":null}],"active_sheets":[],"total_users":2}\
      """;

  static Stream<Arguments> commands() {
    return Stream.of(
        command("{\"type\":\"ping\"}", new Ping()),
        command("{\"type\":\"auth\",\"token\":\"t.t.t\"}", new Authenticate("t.t.t")),
        command("{\"type\":\"join_room\",\"room_id\":\"order_1\"}", new JoinRoom(ROOM, none())),
        command("{\"type\":\"leave_room\",\"room_id\":\"order_1\"}", new LeaveRoom(ROOM)),
        command(
            "{\"type\":\"cursor_move\",\"room\":\"order_1\",\"x\":150,\"y\":300,\"cell\":\"B2\"}",
            new MoveCursor(ROOM, 150, 300, Optional.of("B2"))),
        command(
            "{\"type\":\"cursor_move\",\"room_id\":\"order_1\",\"x\":1.5,\"y\":-3}",
            new MoveCursor(ROOM, 1.5, -3, none())),
        command(
            "{\"type\":\"status_update\",\"status\":\"busy\"}",
            new SetPresence(PresenceStatus.BUSY, none(), none())),
        command(
            "{\"type\":\"typing_start\",\"cell_id\":\"A1\",\"room\":\"order_1\"}",
            new SetTyping(ROOM, true, Optional.of("A1"))),
        command(
            "{\"type\":\"typing_stop\",\"cell_id\":\"A1\",\"room\":\"order_1\"}",
            new SetTyping(ROOM, false, Optional.of("A1"))),
        command(
            """
            {"type":"subscribe_notifications","categories":["system"],"modules":["tables"],
             "priorities":["high","critical"]}\
            """,
            new FilterNotifications(
                Optional.of(
                    new Notification.Filter(
                        List.of("system"),
                        List.of("tables"),
                        List.of(Priority.HIGH, Priority.URGENT))))),
        command(
            "{\"type\":\"subscribe_notifications\"}",
            new FilterNotifications(Optional.of(Notification.Filter.NONE))),
        command("{\"type\":\"unsubscribe_notifications\"}", new FilterNotifications(none())),
        command(
            "{\"type\":\"notification_read\",\"notification_id\":\"notif_123\"}",
            new ReadNotifications(List.of("notif_123"))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsRead(String json, Command command) {
    assertMeans(DIALECT, ANNS_SESSION, json, command);
  }

  @Test
  void aRoomLeftOutIsTheOneJoinedLast() {
    SessionView joined = in(ROOM);
    assertMeans(
        DIALECT,
        joined,
        "{\"type\":\"cursor_move\",\"x\":1,\"y\":2}",
        new MoveCursor(ROOM, 1, 2, none()));
    assertMeans(
        DIALECT,
        joined,
        "{\"type\":\"typing_start\",\"cell_id\":\"A1\"}",
        new SetTyping(ROOM, true, Optional.of("A1")));
    assertMeans(
        DIALECT,
        joined,
        "{\"type\":\"typing_stop\",\"room\":\"other\"}",
        new SetTyping(new RoomName("other"), false, none()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x"                                                          | INVALID_JSON
          {}                                                           | VALIDATION_FAILED type
          {"event_type":"ping"}                                        | VALIDATION_FAILED type
          {"type":"auth","token":7}                                    | VALIDATION_FAILED token
          {"type":"join_room"}                                         | VALIDATION_FAILED room_id
          {"type":"join_room","room_id":"a b"}                         | VALIDATION_FAILED room_id
          {"type":"leave_room"}                                        | VALIDATION_FAILED room_id
          {"type":"leave_room","room_id":7}                            | VALIDATION_FAILED room_id
          {"type":"cursor_move","x":1,"y":2}                           | VALIDATION_FAILED room
          {"type":"cursor_move","room":"r","y":2}                      | VALIDATION_FAILED x
          {"type":"cursor_move","room":"r","x":1,"y":"2"}              | VALIDATION_FAILED y
          {"type":"cursor_move","room":"r","x":1,"y":2,"cell":3}       | VALIDATION_FAILED cell
          {"type":"status_update"}                                     | VALIDATION_FAILED status
          {"type":"status_update","status":"offline"}                  | VALIDATION_FAILED status
          {"type":"typing_start","cell_id":"A1"}                       | VALIDATION_FAILED room
          {"type":"typing_start","room":"r","cell_id":{}}              | VALIDATION_FAILED cell_id
          {"type":"typing_stop","room":""}                             | VALIDATION_FAILED room
          {"type":"subscribe_notifications","categories":"system"}     | VALIDATION_FAILED categories
          {"type":"subscribe_notifications","modules":[7]}             | VALIDATION_FAILED modules
          {"type":"subscribe_notifications","priorities":["urgent"]}   | VALIDATION_FAILED priorities
          {"type":"notification_read"}                                 | VALIDATION_FAILED notification_id
          {"type":"cell_update","sheet_id":"s","cell_id":"A1"}         | UNKNOWN_MESSAGE_TYPE
          {"type":"open_sheet","sheet_id":"s"}                         | UNKNOWN_MESSAGE_TYPE
          {"type":"ai_request","request_id":"r","query":"q"}           | UNKNOWN_MESSAGE_TYPE
          {"type":"file_upload_start","file_id":"f"}                   | UNKNOWN_MESSAGE_TYPE
          """)
  void whatIsMissingOrWrongIsNamed(String json, String refusal) {
    assertRefused(DIALECT, json, refusal);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        event(new RoomStateChanged(state()), STATE),
        event(
            new CursorMoved(ROOM, ANN, "Ann", 150, 300, Optional.of("B2")),
            """
            {"type":"cursor_moved","room":"order_1","user_id":"ann","username":"Ann",\
            "cursor":{"x":150,"y":300,"cell":"B2"}}\
            """),
        event(
            new CursorMoved(ROOM, ANN, "Ann", 1.5, -3, none()),
            """
            {"type":"cursor_moved","room":"order_1","user_id":"ann","username":"Ann",\
            "cursor":{"x":1.5,"y":-3,"cell":null}}\
            """),
        event(
            new PresenceChanged(away(), Cause.STATUS, AT),
            "{\"type\":\"user_status_changed\",\"user_id\":\"ann\",\"status\":\"away\"}"),
        event(
            new ChatTyping(ROOM, ANN, "Ann", true, Optional.of("A1")),
            """
            {"type":"user_typing_start","user_id":"ann","username":"Ann","cell_id":"A1",\
            "room":"order_1"}\
            """),
        event(
            new ChatTyping(ROOM, ANN, "Ann", false, none()),
            """
            {"type":"user_typing_stop","user_id":"ann","username":"Ann","cell_id":null,\
            "room":"order_1"}\
            """),
        event(
            new NotificationCreated(AetherDialectTest.notification()),
            """
            {"type":"notification_event","event_type":"notification_created",\
            "notification":{"id":"n-1","title":"Disk full","message":"vm-7 has no space",\
            "category":"system","priority":"critical","module_name":"vms","level":"critical"},\
            "user_id":"ann"}\
            """),
        event(
            new NotificationsMarked(ANN, Marking.READ, List.of("n-1"), 2, AT),
            """
            {"type":"notification_event","event_type":"notification_read",\
            "notification":{"read":true,"id":"n-1"},"user_id":"ann"}\
            """),
        event(
            new CustomMessage(new JsonObject().put("type", "price").put("eur", 1)),
            "{\"type\":\"price\",\"eur\":1}"),
        // Nothing is sent on open, and it has no word for these.
        event(welcomed()),
        event(new RoomJoined(ROOM, ANN_HERE, 3, AT)),
        event(new ChatPosted(plainMessage())),
        event(new UserActivity("connected", ANN, none(), AT)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventHasItsFrames(Event event, List<String> frames) {
    assertThat(texts(DIALECT.encode(live(event)))).isEqualTo(frames);
    assertThat(texts(DIALECT.encode(stored(event)))).isEqualTo(frames);
  }

  @Test
  void whoJoinsIsShownTheRoom() {
    Reply shown =
        new Reply.Joined(
            ROOM, PLACE, none(), 2, List.of(ANN_HERE, BOB_HERE), AT, Optional.of(state()));
    assertThat(encode(new JoinRoom(ROOM, none()), shown))
        .containsExactly(
            STATE.replace("total_users\":2}", "total_users\":2,\"request_id\":\"q1\"}"));
    Reply quiet = new Reply.Joined(ROOM, PLACE, none(), 1, List.of(BOB_HERE), AT);
    assertThat(encode(new JoinRoom(ROOM, none()), quiet))
        .containsExactly(
            """
            {"type":"room_state","room_id":"order_1","users":[{"user_id":"bob",\
            "username":"Bob","email":null,"room":"order_1","status":"online","cursor":null,\
            "last_seen":null}],"active_sheets":[],"total_users":1,"request_id":"q1"}\
            """);
    assertThat(encode(new LeaveRoom(ROOM), new Reply.Left(ROOM, 1, AT))).isEmpty();
  }

  @Test
  void atMostTwoHundredAreShown() {
    RoomState full = new RoomState(ROOM, Collections.nCopies(201, Present.of(BOB_HERE)), 5_000, 1);
    JsonObject frame =
        new JsonObject(texts(DIALECT.encode(live(new RoomStateChanged(full)))).getFirst());
    assertThat(frame.getJsonArray("users")).hasSize(200);
    assertThat(frame.getInteger("total_users")).isEqualTo(5_000);
  }

  @Test
  void otherRepliesHaveTheirFrames() {
    assertThat(encode(new Ping(), new Reply.Pong(AT)))
        .containsExactly(
            """
            {"type":"pong","connection_id":"c1","timestamp":"2025-01-31T09:08:07.060Z",\
            "request_id":"q1"}\
            """);
    assertThat(encode(new Authenticate("t"), new Reply.Authenticated(none())))
        .containsExactly("{\"type\":\"auth_ok\",\"expires_at\":null,\"request_id\":\"q1\"}");
    Notification.Filter filter =
        new Notification.Filter(List.of("system"), List.of(), List.of(Priority.URGENT));
    assertThat(encode(new FilterNotifications(Optional.of(filter)), Reply.DONE))
        .containsExactly(
            """
            {"type":"notifications_subscribed","categories":["system"],"modules":[],\
            "priorities":["critical"],"request_id":"q1"}\
            """);
    assertThat(encode(new FilterNotifications(none()), Reply.DONE)).isEmpty();
    assertThat(encode(new MoveCursor(ROOM, 1, 2, none()), Reply.DONE)).isEmpty();
    assertThat(encode(new ReadNotifications(List.of("n-1")), new Reply.NotificationsMarked(1, 0)))
        .isEmpty();
  }

  @Test
  void errorsHaveTheShapeOfTheContract() {
    assertThat(texts(DIALECT.encode(Rejection.invalid("room", "room is missing"), ID)))
        .containsExactly(
            """
            {"type":"error","error":"room is missing","code":"VALIDATION_FAILED",\
            "field":"room","timestamp":"2025-01-31T09:08:07.060Z","message":"room is missing",\
            "request_id":"q1"}\
            """);
  }

  @Test
  void connectionsAreCalledByUserAndTimeEachItsOwn() {
    ConnectionId one = name("n1-1");
    assertThat(one.value()).matches("ws_ann_1738314487_[0-9]{1,13}");
    assertThat(name("n1-2")).isNotEqualTo(one);
    assertThat(name("n2-1")).isNotEqualTo(one);
    assertThat(name("n1-1")).isEqualTo(one);
  }

  private static ConnectionId name(String given) {
    return DIALECT.nameOf(new ConnectionId(given), caller("ann", "Ann", false), AT);
  }

  private static RoomState state() {
    return new RoomState(
        ROOM,
        List.of(
            new Present(
                ANN_HERE,
                PresenceStatus.BUSY,
                Optional.of(new Cursor(100, 200.5, Optional.of("A1"))),
                Optional.of(AT)),
            Present.of(BOB_HERE)),
        2,
        7);
  }

  private static SessionView in(RoomName room) {
    SessionView session = session(caller("ann", "Ann", false));
    return new SessionView() {
      @Override
      public Caller caller() {
        return session.caller();
      }

      @Override
      public ConnectionId connection() {
        return session.connection();
      }

      @Override
      public Optional<RoomName> lastRoom() {
        return Optional.of(room);
      }
    };
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

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
