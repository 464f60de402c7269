package dev.parley.presence;

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
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand.ConnectionClosed;
import dev.parley.protocol.PresenceCommand.ConnectionOpened;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.ListOnline;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Participations;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Presence on a real event loop, as sessions use it.
final class PresenceFlowTest {
  private static final RoomName HALL = new RoomName("hall");
  private static final RoomName LOBBY = new RoomName("lobby");
  private static final UserId ANN = new UserId("ann");

  private final DomainKit kit = new DomainKit(2);
  private final AtomicInteger members = new AtomicInteger(2);

  @BeforeEach
  void deploy() {
    Config config = Config.of("presence.offline_grace", "100ms", "rooms.batch_interval", "500ms");
    OnlineUsers users = new OnlineUsers();
    for (int shard = 0; shard < 2; shard++) {
      kit.deploy(
          new PresenceVerticle(
              shard,
              kit.bus,
              kit.store,
              config.presence(),
              config.rooms(),
              users,
              UsersElsewhere.NOWHERE,
              _ -> members.get(),
              InstantSource.system()));
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void comingOnlineIsToldToTheRoomsAndTheUser() {
    takePart("ann", HALL, LOBBY);

    open(user("ann"));

    Envelope told = kit.awaitEnvelope(PresenceChanged.class, _ -> true);
    assertThat(told.topics())
        .containsExactlyInAnyOrder(Topic.of(ANN), Topic.of(HALL), Topic.of(LOBBY));
    PresenceChanged changed = (PresenceChanged) told.event();
    assertThat(changed.cause()).isEqualTo(Cause.CONNECTION);
    assertThat(changed.state().status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(changed.state().connections()).isEqualTo(1);
  }

  @Test
  void goingOfflineIsToldAfterTheGraceAndKept() {
    open(user("ann"));
    ask(user("ann"), new ConnectionClosed("native"), Reply.Done.class);

    PresenceChanged offline =
        (PresenceChanged)
            kit.awaitEnvelope(
                    PresenceChanged.class,
                    changed -> changed.state().status() == PresenceStatus.OFFLINE)
                .event();

    assertThat(offline.cause()).isEqualTo(Cause.CONNECTION);
    assertThat(offline.state().lastSeen()).isPresent();
    PresenceState kept = presenceOnceKept("ann");
    assertThat(kept.status()).isEqualTo(PresenceStatus.OFFLINE);
    assertThat(kept.lastSeen()).isEqualTo(offline.state().lastSeen());
  }

  @Test
  void administratorsHearWhoConnectsAndDisconnects() {
    open(user("ann"));
    open(user("ann").on(new ConnectionId("ann-2")));
    ask(user("ann"), new ConnectionClosed("native"), Reply.Done.class);
    ask(
        user("ann").on(new ConnectionId("ann-2")),
        new ConnectionClosed("native"),
        Reply.Done.class);

    kit.awaitEnvelope(UserActivity.class, did -> did.activity().equals("disconnected"));
    assertThat(kit.published(UserActivity.class))
        .extracting(UserActivity::activity)
        .containsExactly("connected", "disconnected");
  }

  @Test
  void aStatusIsToldAndAnswered() {
    takePart("ann", HALL);
    open(user("ann"));
    ask(
        user("ann"),
        new SetPresence(PresenceStatus.BUSY, Optional.of("in a call"), Optional.empty()),
        Reply.Done.class);

    Envelope told =
        kit.awaitEnvelope(PresenceChanged.class, changed -> changed.cause() == Cause.STATUS);
    assertThat(told.topics()).contains(Topic.of(HALL));
    assertThat(((PresenceChanged) told.event()).state().statusMessage()).contains("in a call");
    assertThat(presenceOf(user("ann"), "ann").status()).isEqualTo(PresenceStatus.BUSY);
  }

  @Test
  void statusesAreRefusedToWhoIsNotConnectedAndForOffline() {
    SetPresence away = new SetPresence(PresenceStatus.AWAY, Optional.empty(), Optional.empty());
    assertRejected(ask(user("ann"), away), ErrorCode.CONFLICT);
    open(user("ann"));
    assertRejected(
        ask(
            user("ann"),
            new SetPresence(PresenceStatus.OFFLINE, Optional.empty(), Optional.empty())),
        ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void strangersSeeTheStatusAlone() {
    takePart("ann", HALL);
    takePart("bob", HALL);
    takePart("eve", LOBBY);
    open(user("ann"));
    ask(
        user("ann"),
        new SetPresence(PresenceStatus.AWAY, Optional.of("lunch"), Optional.of("Oslo")),
        Reply.Done.class);

    PresenceState toEve = presenceOf(user("eve"), "ann");
    PresenceState toBob = presenceOf(user("bob"), "ann");

    assertThat(toEve)
        .isEqualTo(
            new PresenceState(
                ANN,
                "ann",
                PresenceStatus.AWAY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0));
    assertThat(toBob.statusMessage()).contains("lunch");
    assertThat(toBob.connections()).isEqualTo(1);
    assertThat(presenceOf(admin("root"), "ann"))
        .usingRecursiveComparison()
        .ignoringFields("lastSeen")
        .isEqualTo(toBob);
  }

  @Test
  void usersOnlineAreListedInPages() {
    List<UserId> users =
        IntStream.range(0, 30).mapToObj(i -> new UserId("u" + i)).sorted().toList();
    users.forEach(each -> open(user(each.value())));
    Reply.UsersOnline first =
        ask(user("any"), new ListOnline(Optional.empty(), 10), Reply.UsersOnline.class);
    assertThat(first.users()).isEqualTo(users.subList(0, 10));
    assertThat(first.total()).isEqualTo(30);
    Optional<UserId> last = Optional.of(users.get(24));
    assertThat(ask(user("any"), new ListOnline(last, 10), Reply.UsersOnline.class).users())
        .isEqualTo(users.subList(25, 30));
    assertRejected(
        ask(user("any"), new ListOnline(Optional.empty(), 0)), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void usersOfAllShardsAreAnsweredInTheOrderAsked() {
    List<UserId> users = IntStream.range(0, 200).mapToObj(i -> new UserId("u" + i)).toList();
    users.forEach(each -> open(user(each.value())));

    Reply.Presences answer = ask(admin("root"), new GetPresence(users), Reply.Presences.class);

    assertThat(answer.users()).extracting(PresenceState::user).isEqualTo(users);
    assertThat(answer.users()).allMatch(state -> state.status() == PresenceStatus.ONLINE);
    List<UserId> tooMany = new ArrayList<>(users);
    tooMany.add(ANN);
    assertRejected(ask(admin("root"), new GetPresence(tooMany)), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void whoWasNeverSeenIsOffline() {
    assertThat(presenceOf(admin("root"), "nobody"))
        .isEqualTo(PresenceState.unknown(new UserId("nobody")));
  }

  @Test
  void largeRoomsAreToldTheNewestInABatch() {
    takePart("ann", HALL);
    members.set(201);
    open(user("ann"));
    ask(
        user("ann"),
        new SetPresence(PresenceStatus.AWAY, Optional.empty(), Optional.empty()),
        Reply.Done.class);

    Envelope toHall =
        kit.awaitEnvelope(envelope -> envelope.topics().equals(List.of(Topic.of(HALL))));

    assertThat(((PresenceChanged) toHall.event()).state().status()).isEqualTo(PresenceStatus.AWAY);
    assertThat(kit.published())
        .filteredOn(envelope -> envelope.topics().contains(Topic.of(HALL)))
        .hasSize(1);
    assertThat(kit.published())
        .filteredOn(envelope -> envelope.topics().equals(List.of(Topic.of(ANN))))
        .as("the user's own connections hear both at once")
        .hasSize(2);
  }

  @Test
  void applicationsHearOfAMoveInLargeRoomsOnce() throws InterruptedException {
    takePart("ann", HALL);
    members.set(201);
    var heard = new LinkedBlockingQueue<String>();
    DomainKit.await(
        kit.vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.events("presence"))
            .handler(event -> heard.add(event.body().getString("status")))
            .completion());
    open(user("ann"));
    kit.awaitEnvelope(envelope -> envelope.topics().equals(List.of(Topic.of(HALL))));
    ask(
        user("ann"),
        new SetPresence(PresenceStatus.BUSY, Optional.empty(), Optional.empty()),
        Reply.Done.class);

    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("online");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("busy");
  }

  @Test
  void newsOfAUserAreToldInTheirOrder() {
    takePart("ann", HALL);
    open(user("ann"));
    List<PresenceStatus> said =
        List.of(PresenceStatus.AWAY, PresenceStatus.BUSY, PresenceStatus.ONLINE);
    said.forEach(
        status ->
            ask(
                user("ann"),
                new SetPresence(status, Optional.of("last of " + status), Optional.empty()),
                Reply.Done.class));

    kit.awaitEnvelope(
        PresenceChanged.class,
        changed -> changed.state().statusMessage().equals(Optional.of("last of ONLINE")));
    assertThat(kit.published(PresenceChanged.class))
        .extracting(changed -> changed.state().status())
        .containsExactly(
            PresenceStatus.ONLINE, PresenceStatus.AWAY, PresenceStatus.BUSY, PresenceStatus.ONLINE);
  }

  @Test
  void withoutTheStoreTheUserIsOnlineAllTheSame() {
    kit.store.setBroken(true);
    open(user("ann"));

    Envelope told = kit.awaitEnvelope(PresenceChanged.class, _ -> true);
    assertThat(told.topics()).containsExactly(Topic.of(ANN));
    assertThat(presenceOf(admin("root"), "ann").status()).isEqualTo(PresenceStatus.ONLINE);
  }

  @Test
  void stoppingKeepsWhenEverybodyWasSeen() {
    open(user("ann"));

    kit.undeploy();

    assertThat(DomainKit.await(new LastSeen(kit.store.records()).of(ANN)).lastSeen()).isPresent();
  }

  /// Asks until the store has it, which nobody waits for.
  private PresenceState presenceOnceKept(String name) {
    Instant deadline = Instant.now().plus(DomainKit.PATIENCE);
    PresenceState state = presenceOf(admin("root"), name);
    while (state.lastSeen().isEmpty() && Instant.now().isBefore(deadline)) {
      state = presenceOf(admin("root"), name);
    }
    return state;
  }

  private void takePart(String name, RoomName... rooms) {
    Participations participations = new Participations(kit.store.records());
    for (RoomName room : rooms) {
      DomainKit.await(participations.begin(room, new UserId(name), Instant.EPOCH));
    }
  }

  private void open(Caller caller) {
    ask(caller, new ConnectionOpened("native"), Reply.Done.class);
  }

  private PresenceState presenceOf(Caller asker, String name) {
    return ask(asker, new GetPresence(List.of(new UserId(name))), Reply.Presences.class)
        .users()
        .getFirst();
  }

  private Outcome ask(Caller caller, Command command) {
    return kit.ask(addressOf(caller), caller, command);
  }

  @CanIgnoreReturnValue
  private <T> T ask(Caller caller, Command command, Class<T> reply) {
    return kit.ask(addressOf(caller), caller, command, reply);
  }

  private String addressOf(Caller caller) {
    return Addresses.presence(kit.bus.shards().of(caller.user()));
  }

  private static void assertRejected(Outcome outcome, ErrorCode code) {
    assertThat(outcome).isInstanceOf(Rejection.class);
    assertThat(((Rejection) outcome).code()).isEqualTo(code);
  }
}
