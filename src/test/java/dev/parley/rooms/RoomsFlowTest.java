package dev.parley.rooms;

import static dev.parley.kit.DomainKit.admin;
import static dev.parley.kit.DomainKit.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.bus.Addresses;
import dev.parley.config.Config;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.Membership;
import dev.parley.protocol.MembershipCommand.Arrive;
import dev.parley.protocol.MembershipCommand.Depart;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.ListParticipations;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.RoomSummary;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.ListActiveRooms;
import dev.parley.protocol.RoomCommand.ListConversations;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomCommand.ListRooms;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.ParticipationEnded;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rooms on a real event loop, as sessions use them.
final class RoomsFlowTest {
  private static final RoomName LOBBY = new RoomName("lobby");
  private static final RoomName ORDER = new RoomName("order_7");

  private final DomainKit kit = new DomainKit(1);

  @BeforeEach
  void deploy() {
    Config config =
        Config.of(
            "rooms.batch_above", "3",
            "rooms.batch_interval", "50ms",
            "rooms.authorize_timeout", "100ms");
    kit.deploy(
        new RoomsVerticle(
            0,
            kit.bus,
            kit.store,
            config.rooms(),
            MembersElsewhere.NOWHERE,
            new Occupancy(MembersElsewhere.NOWHERE),
            new Cursors(),
            () -> Future.succeededFuture(true),
            () -> 0,
            InstantSource.system()));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aJoinMakesAParticipantAndTellsTheOthers() {
    assertThat(enter(user("ann"), LOBBY, Purpose.JOIN))
        .isEqualTo(new Reply.Entered(new Membership(LOBBY, true)));
    Envelope began = kit.awaitEnvelope(ParticipationBegan.class, _ -> true);
    assertThat(began.topics()).containsExactly(Topic.of(new UserId("ann")));
    assertThat(kit.published(RoomJoined.class)).as("nobody is told before arrival").isEmpty();

    Reply.Arrived arrived = ask(user("ann"), new Arrive(LOBBY, false), Reply.Arrived.class);

    assertThat(arrived.count()).isEqualTo(1);
    assertThat(arrived.members()).containsExactly(Member.of(user("ann")));
    Envelope joined = kit.awaitEnvelope(RoomJoined.class, _ -> true);
    assertThat(joined.topics()).containsExactly(Topic.of(LOBBY));
    assertThat(joined.except()).containsExactly(new ConnectionId("ann-1"));
    assertThat(roomsOf("ann")).containsExactly(LOBBY);
  }

  @Test
  void aSecondConnectionIsNotToldAndIsNoSecondParticipation() {
    join(user("ann"), LOBBY);
    kit.forget();

    join(user("ann").on(new ConnectionId("ann-2")), LOBBY);

    assertThat(kit.published()).isEmpty();
  }

  @Test
  void aLostConnectionLeavesTheRoomButNotTheConversation() {
    join(user("ann"), LOBBY);
    ask(user("ann"), new Depart(LOBBY, false), Reply.Left.class);

    kit.awaitEvent(RoomLeft.class);
    assertThat(roomsOf("ann")).containsExactly(LOBBY);
    assertThat(kit.published(ParticipationEnded.class)).isEmpty();
  }

  @Test
  void anExplicitLeaveEndsTheParticipation() {
    join(user("ann"), LOBBY);
    ask(user("ann"), new Depart(LOBBY, true), Reply.Left.class);

    assertThat(kit.awaitEvent(ParticipationEnded.class).user()).isEqualTo(new UserId("ann"));
    assertThat(roomsOf("ann")).isEmpty();
  }

  @Test
  void administratorsHearWhoJoinsAndLeaves() {
    join(user("ann"), LOBBY);
    ask(user("ann"), new Depart(LOBBY, false), Reply.Left.class);

    kit.awaitEnvelope(
        UserActivity.class,
        did -> did.activity().equals("left_room") && did.room().equals(Optional.of(LOBBY)));
    Envelope joined =
        kit.awaitEnvelope(UserActivity.class, did -> did.activity().equals("joined_room"));
    assertThat(joined.topics()).containsExactly(Topic.of(RoomName.ADMIN));
  }

  @Test
  void useNeedsARoomThatExistsAndMakesNoParticipant() {
    assertRejected(enter(user("ann"), LOBBY, Purpose.USE), ErrorCode.ROOM_NOT_FOUND);
    join(user("bob"), LOBBY);
    ask(user("bob"), new Depart(LOBBY, false), Reply.Left.class);

    assertThat(enter(user("ann"), LOBBY, Purpose.USE)).isInstanceOf(Reply.Entered.class);
    assertThat(roomsOf("ann")).isEmpty();
  }

  @Test
  void aRoomOfHistoryAloneExists() {
    broadcast(user("ann"), LOBBY, true);

    assertThat(enter(user("bob"), LOBBY, Purpose.USE)).isInstanceOf(Reply.Entered.class);
  }

  @Test
  void rightsComeBeforeExistence() {
    assertRejected(enter(user("ann"), ORDER, Purpose.USE), ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void theRoomsOfTheServerMakeNoParticipants() {
    RoomName monitoring = new RoomName("system_monitoring");
    assertThat(enter(user("ann"), monitoring, Purpose.JOIN))
        .isEqualTo(new Reply.Entered(new Membership(monitoring, false)));
    assertThat(roomsOf("ann")).isEmpty();
  }

  @Test
  void aGrantOpensARoomAndItsRevocationClosesIt() {
    assertRejected(enter(user("ann"), ORDER, Purpose.JOIN), ErrorCode.PERMISSION_DENIED);

    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), true), Reply.Done.class);
    Envelope granted = kit.awaitEnvelope(RoomGranted.class, _ -> true);
    join(user("ann"), ORDER);
    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), false), Reply.Done.class);
    Envelope revoked = kit.awaitEnvelope(RoomRevoked.class, _ -> true);

    assertThat(granted.stamp().orElseThrow().seq()).isEqualTo(1);
    assertThat(revoked.stamp().orElseThrow().seq()).isEqualTo(2);
    assertThat(revoked.topics()).containsExactly(Topic.of(ORDER));
    assertRejected(enter(user("ann"), ORDER, Purpose.JOIN), ErrorCode.PERMISSION_DENIED);
    assertThat(roomsOf("ann")).as("no conversation goes on").isEmpty();
  }

  @Test
  void aGrantThatIsThereIsNotStoredAgain() {
    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), true), Reply.Done.class);
    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), true), Reply.Done.class);

    assertThat(kit.published(RoomGranted.class)).hasSize(1);
  }

  @Test
  void onlyAdministratorsAndTheServerGrant() {
    SetGrant grant = new SetGrant(ORDER, new UserId("ann"), true);

    assertRejected(ask(user("ann"), grant), ErrorCode.PERMISSION_DENIED);
    assertRejected(ask(Caller.of(new UserId("ann")), grant), ErrorCode.PERMISSION_DENIED);
    ask(Caller.SERVER, grant, Reply.Done.class);
  }

  /// The session enters, the right goes, the session listens: it has missed the revocation.
  @Test
  void whoseRightWentBeforeTheyListenedDoesNotArrive() {
    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), true), Reply.Done.class);
    enter(user("ann"), ORDER, Purpose.JOIN);
    ask(admin("root"), new SetGrant(ORDER, new UserId("ann"), false), Reply.Done.class);

    assertRejected(ask(user("ann"), new Arrive(ORDER, false)), ErrorCode.PERMISSION_DENIED);
    assertThat(roomsOf("ann")).isEmpty();
    assertThat(members(ORDER).total()).isZero();
  }

  @Test
  void whoLeavesWhileArrivingIsNotCounted() {
    Future<Outcome> arriving =
        kit.request(Addresses.rooms(0), user("ann"), new Arrive(LOBBY, false));
    Future<Outcome> leaving =
        kit.request(Addresses.rooms(0), user("ann"), new Depart(LOBBY, false));
    DomainKit.await(Future.all(arriving, leaving));

    assertThat(members(LOBBY).total()).isZero();
  }

  @Test
  void anApplicationMayDecideInstead() {
    AtomicInteger asked = new AtomicInteger();
    JsonObject[] question = new JsonObject[1];
    DomainKit.await(
        kit.vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.AUTHORIZE)
            .handler(
                message -> {
                  asked.incrementAndGet();
                  question[0] = message.body();
                  boolean allow = message.body().getString("room").equals("order_7");
                  message.reply(new JsonObject().put("allow", allow));
                })
            .completion());

    assertThat(enter(user("ann"), ORDER, Purpose.JOIN)).isInstanceOf(Reply.Entered.class);
    assertThat(question[0])
        .isEqualTo(
            new JsonObject(
                "{\"user_id\":\"ann\",\"roles\":[],\"action\":\"join\",\"room\":\"order_7\"}"));
    assertThat(enter(user("ann"), ORDER, Purpose.JOIN)).isInstanceOf(Reply.Entered.class);
    assertThat(asked).as("the answer holds for a while").hasValue(1);
    assertRejected(enter(user("ann"), LOBBY, Purpose.JOIN), ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void anApplicationThatDoesNotAnswerDenies() {
    DomainKit.await(kit.vertx.eventBus().consumer(Addresses.AUTHORIZE, _ -> {}).completion());

    assertRejected(enter(user("ann"), LOBBY, Purpose.JOIN), ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void largeRoomsAreToldOnceForMany() {
    List.of("a", "b", "c", "d", "e").forEach(name -> join(user(name), LOBBY));

    MembersChanged told = kit.awaitEvent(MembersChanged.class);

    assertThat(kit.published(RoomJoined.class)).hasSize(3);
    assertThat(told.joined()).contains(Member.of(user("d")));
    assertThat(members(LOBBY).total()).isEqualTo(5);
  }

  @Test
  void membersAreListedInPages() {
    List.of("c", "a", "b").forEach(name -> join(user(name), LOBBY));

    Reply.MembersPage page =
        ask(user("a"), new ListMembers(LOBBY, 2, Optional.empty()), Reply.MembersPage.class);

    assertThat(page.members()).containsExactly(Member.of(user("a")), Member.of(user("b")));
    assertThat(page.next()).contains(new UserId("b"));
    assertRejected(
        ask(user("a"), new ListMembers(LOBBY, 0, Optional.empty())), ErrorCode.VALIDATION_FAILED);
    assertRejected(
        ask(user("a"), new ListMembers(LOBBY, 201, Optional.empty())), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void roomsAreListedWithHeadAndMembers() {
    join(user("ann"), LOBBY);
    join(user("ann"), new RoomName("hall"));
    broadcast(user("ann"), LOBBY, true);

    Reply.Rooms rooms = ask(user("ann"), new ListRooms(), Reply.Rooms.class);

    assertThat(rooms.rooms())
        .extracting(RoomSummary::room)
        .containsExactly(new RoomName("hall"), LOBBY);
    RoomSummary lobby = rooms.rooms().getLast();
    assertThat(lobby.members()).isEqualTo(1);
    assertThat(lobby.head().seq()).isEqualTo(1);
    assertThat(lobby.unread()).as("a broadcast is no message").isZero();
  }

  @Test
  void aQuietConversationComesAfterThoseWithMessages() {
    join(user("ann"), LOBBY);
    join(user("ann"), new RoomName("hall"));
    join(user("bob"), LOBBY);
    Reply.Conversations all =
        ask(user("ann"), new ListConversations(0, 10), Reply.Conversations.class);
    assertThat(all.rooms())
        .extracting(Reply.Conversation::room)
        .containsExactly(new RoomName("hall"), LOBBY);
    assertThat(all.rooms().getLast().participants())
        .containsExactly(new UserId("ann"), new UserId("bob"));
    assertThat(all.rooms().getFirst().newest()).isEmpty();
    assertThat(ask(user("ann"), new ListConversations(1, 10), Reply.Conversations.class).rooms())
        .hasSize(1);
    assertRejected(ask(user("ann"), new ListConversations(0, 0)), ErrorCode.VALIDATION_FAILED);
    assertRejected(ask(user("ann"), new ListConversations(-1, 1)), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void activeRoomsAreThoseThatOneMayEnter() {
    join(user("ann"), LOBBY);
    join(admin("root"), ORDER);
    join(user("ann"), new RoomName("zoo"));
    assertThat(activeRooms(user("bob"), 10, Optional.empty()))
        .containsExactly(LOBBY, new RoomName("zoo"));
    assertThat(activeRooms(admin("root"), 2, Optional.empty())).containsExactly(LOBBY, ORDER);
    assertThat(activeRooms(admin("root"), 2, Optional.of(ORDER)))
        .containsExactly(new RoomName("zoo"));
    ask(admin("root"), new SetGrant(ORDER, new UserId("bob"), true), Reply.Done.class);
    assertThat(activeRooms(user("bob"), 10, Optional.empty())).contains(ORDER);
    assertRejected(
        ask(user("bob"), new ListActiveRooms(1_001, Optional.empty())),
        ErrorCode.VALIDATION_FAILED);
  }

  private List<RoomName> activeRooms(Caller caller, int limit, Optional<RoomName> after) {
    return ask(caller, new ListActiveRooms(limit, after), Reply.ActiveRooms.class).rooms().stream()
        .map(Reply.ActiveRoom::room)
        .toList();
  }

  @Test
  void aDurableBroadcastIsStoredThenTold() {
    Reply.Recorded recorded = (Reply.Recorded) broadcast(user("ann"), LOBBY, true);

    Envelope told = kit.awaitEnvelope(RoomMessage.class, _ -> true);
    assertThat(told.stamp().orElseThrow().position()).isEqualTo(recorded.position());
    assertThat(recorded.position().seq()).isEqualTo(1);
  }

  @Test
  void aBroadcastTooLongForTheStoreIsRefused() {
    JsonValue data = new JsonValue("x".repeat(1 << 20));

    assertRejected(
        ask(user("ann"), new BroadcastToRoom(LOBBY, "greeting", JsonValue.NULL, data, true)),
        ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void aPassingBroadcastIsOnlyTold() {
    assertThat(broadcast(user("ann"), LOBBY, false)).isEqualTo(Reply.DONE);

    assertThat(kit.awaitEnvelope(RoomMessage.class, _ -> true).isDurable()).isFalse();
  }

  @Test
  void roomsWithoutHistoryTakeNoDurableBroadcast() {
    assertRejected(broadcast(admin("root"), RoomName.ADMIN, true), ErrorCode.VALIDATION_FAILED);
    assertThat(broadcast(admin("root"), RoomName.ADMIN, false)).isEqualTo(Reply.DONE);
    kit.awaitEvent(RoomMessage.class);
  }

  @Test
  void withoutTheStoreNobodyJoinsAndItHeals() {
    kit.store.setBroken(true);
    assertRejected(enter(user("ann"), LOBBY, Purpose.JOIN), ErrorCode.UNAVAILABLE);
    kit.store.setBroken(false);
    join(user("ann"), LOBBY);
  }

  private void join(Caller caller, RoomName room) {
    assertThat(enter(caller, room, Purpose.JOIN)).isInstanceOf(Reply.Entered.class);
    assertThat(ask(caller, new Arrive(room, false))).isInstanceOf(Reply.Arrived.class);
  }

  @CanIgnoreReturnValue
  private Outcome enter(Caller caller, RoomName room, Purpose purpose) {
    return ask(caller, new EnterRoom(room, purpose));
  }

  @CanIgnoreReturnValue
  private Outcome broadcast(Caller caller, RoomName room, boolean durable) {
    JsonValue data = new JsonValue("hello");
    return ask(caller, new BroadcastToRoom(room, "greeting", JsonValue.NULL, data, durable));
  }

  private Reply.MembersPage members(RoomName room) {
    return ask(user("any"), new ListMembers(room, 200, Optional.empty()), Reply.MembersPage.class);
  }

  private List<RoomName> roomsOf(String name) {
    return ask(user("any"), new ListParticipations(new UserId(name)), Reply.Participations.class)
        .rooms();
  }

  private Outcome ask(Caller caller, Command command) {
    return kit.ask(Addresses.rooms(0), caller, command);
  }

  @CanIgnoreReturnValue
  private <T> T ask(Caller caller, Command command, Class<T> reply) {
    return kit.ask(Addresses.rooms(0), caller, command, reply);
  }

  private static void assertRejected(Outcome outcome, ErrorCode code) {
    assertThat(outcome).isInstanceOf(Rejection.class);
    assertThat(((Rejection) outcome).code()).isEqualTo(code);
  }
}
