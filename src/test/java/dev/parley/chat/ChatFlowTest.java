package dev.parley.chat;

import static dev.parley.kit.DomainKit.admin;
import static dev.parley.kit.DomainKit.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.bus.Addresses;
import dev.parley.config.Config;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.MarkRead;
import dev.parley.protocol.ChatCommand.PageMessages;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Command;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.MessageId;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.HistoryPage;
import dev.parley.protocol.Reply.Marked;
import dev.parley.protocol.Reply.MessagesPage;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.Reply.Stored;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Marks;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Chat on a real event loop, as sessions use it.
final class ChatFlowTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final StreamId STREAM = StreamId.of(ROOM);
  private static final Caller ANN = user("ann");
  private static final Caller BOB = user("bob");

  private final DomainKit kit = new DomainKit(1);
  private final AtomicInteger members = new AtomicInteger(2);

  @BeforeEach
  void deploy() {
    Config config = Config.of("chat.read_batch_interval", "500ms");
    kit.deploy(
        new ChatVerticle(
            0, kit.bus, kit.store, config.chat(), new Rooms(members), InstantSource.system()));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aMessageIsStoredThenTold() {
    Stored stored = send(ANN, "hello");

    Envelope told = kit.awaitEnvelope(ChatPosted.class, _ -> true);
    assertThat(told.topics()).containsExactly(Topic.of(ROOM));
    assertThat(told.stamp().orElseThrow().position()).isEqualTo(stored.position());
    ChatMessage message = ((ChatPosted) told.event()).message();
    assertThat(message.messageId()).isEqualTo(stored.messageId());
    assertThat(message.at()).isEqualTo(stored.at());
    assertThat(message.content()).isEqualTo("hello");
    assertThat(log()).containsExactly(told.event());
  }

  @Test
  void aRepeatedMessageGetsTheFirstAnswerAndIsNotTold() {
    Stored first = send(ANN, keyed("hello", "c1"));
    send(ANN, "between");
    Stored again = send(ANN, keyed("hello", "c1"));
    Stored other = send(BOB, keyed("hello", "c1"));

    assertThat(first.repeated()).isFalse();
    assertThat(again)
        .isEqualTo(new Stored(ROOM, first.position(), first.messageId(), first.at(), true));
    assertThat(other.repeated()).as("keys are each user's own").isFalse();
    assertThat(kit.published(ChatPosted.class)).hasSize(3);
  }

  @Test
  void messagesFlyTogetherAndAreToldInOrder() {
    List<Future<Outcome>> sent = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sent.add(kit.request(Addresses.chat(0), ANN, text("m" + i)));
    }
    DomainKit.await(Future.all(sent));

    List<Long> seqs =
        kit.published().stream().map(told -> told.stamp().orElseThrow().seq()).toList();
    assertThat(seqs).hasSize(500).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < 500; i++) {
      Stored stored = (Stored) sent.get(i).result();
      assertThat(stored.position().seq()).as("in the order sent").isEqualTo(i + 1L);
    }
  }

  @Test
  void roomsThatTakeNoChatRefuseIt() {
    assertRejected(ask(ANN, textTo(RoomName.ADMIN, "hello")), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void anEditIsSeenByLaterReadersAndToldToTheRoom() {
    Stored posted = send(ANN, "helo");
    Stored edited = ask(ANN, edit(posted, "hello"), Stored.class);

    ChatEdited told = kit.awaitEvent(ChatEdited.class);
    assertThat(told.content()).isEqualTo("hello");
    assertThat(told.messageSeq()).isEqualTo(1);
    assertThat(edited.position().seq()).isEqualTo(2);
    PlacedMessage read = history(Optional.empty(), Optional.empty(), 10).messages().getFirst();
    assertThat(read.position().seq()).isEqualTo(1);
    assertThat(read.message().content()).isEqualTo("hello");
    assertThat(read.message().editedAt()).contains(told.at());
    assertThat(edits(posted)).extracting(PastEdit::replaced).containsExactly("helo");
  }

  @Test
  void messagesAreFoundByPlaceToo() {
    send(ANN, "one");
    Stored two = send(ANN, "two");

    ask(ANN, new EditMessage(ROOM, new MessageRef.BySeq(2), "zwei"), Stored.class);

    assertThat(kit.awaitEvent(ChatEdited.class).messageId()).isEqualTo(two.messageId());
  }

  @Test
  void whatIsNoMessageIsNotFound() {
    Stored posted = send(ANN, "one");
    ask(ANN, edit(posted, "uno"), Stored.class);

    for (long seq : new long[] {-1, 0, 2, 99}) {
      assertRejected(
          ask(ANN, new EditMessage(ROOM, new MessageRef.BySeq(seq), "x")), ErrorCode.NOT_FOUND);
    }
    for (String id : List.of("", "unknown", "x".repeat(100))) {
      assertRejected(
          ask(ANN, new DeleteMessage(ROOM, new MessageRef.ById(id))), ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void anIdNamesNoOtherMessageThanItsOwn() {
    Stored posted = send(ANN, "mine");
    long seq = posted.position().seq();
    for (MessageId id :
        List.of(
            MessageId.of(ROOM, seq, posted.at().plusMillis(1)), // lost, its place given away
            MessageId.of(ROOM, seq + 1, posted.at()), // nothing there
            MessageId.of(new RoomName("elsewhere"), seq, posted.at()))) {
      MessageRef ref = new MessageRef.ById(id.toString());
      assertRejected(ask(ANN, new DeleteMessage(ROOM, ref)), ErrorCode.NOT_FOUND);
      assertRejected(ask(BOB, new MarkRead(ROOM, List.of(ref))), ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void aMessageIsReadByItsIdAlsoWhenItIsNoLongerKept() {
    Stored old = send(ANN, "old");
    send(ANN, "new");
    DomainKit.await(kit.store.log().trim(StreamId.of(ROOM), old.position().seq()));
    assertThat(ask(BOB, new MarkRead(ROOM, List.of(ref(old))), Marked.class))
        .isEqualTo(new Marked(ROOM, old.position().seq(), 1, 0));
  }

  @Test
  void onlyAuthorAndAdministratorsChangeAMessage() {
    Stored posted = send(ANN, "mine");

    assertRejected(ask(BOB, edit(posted, "yours")), ErrorCode.PERMISSION_DENIED);
    assertRejected(ask(BOB, delete(posted)), ErrorCode.PERMISSION_DENIED);
    assertThat(ask(admin("root"), delete(posted))).isInstanceOf(Stored.class);
  }

  @Test
  void nothingOfADeletedMessageRemainsInTheStore() {
    Stored posted = send(ANN, "secret-1");
    ask(ANN, edit(posted, "secret-2"), Stored.class);
    ask(ANN, edit(posted, "secret-3"), Stored.class);
    ask(BOB, new React(ROOM, ref(posted), "👍", true), Stored.class);
    ask(ANN, delete(posted), Stored.class);

    ChatDeleted told = kit.awaitEvent(ChatDeleted.class);
    assertThat(told.messageSeq()).isEqualTo(1);
    assertThat(everythingStored()).doesNotContain("secret");
    assertThat(log()).as("all of it can be read").hasSize(5);
    assertThat(edits(posted)).hasSize(2);
    ChatMessage placeholder =
        history(Optional.empty(), Optional.empty(), 10).messages().getFirst().message();
    assertThat(placeholder.deleted()).isTrue();
    assertRejected(ask(ANN, edit(posted, "back")), ErrorCode.NOT_FOUND);
    assertRejected(ask(ANN, delete(posted)), ErrorCode.NOT_FOUND);
  }

  @Test
  void reactionsAreAddedOnceAndTakenBack() {
    Stored posted = send(ANN, "hi");
    React add = new React(ROOM, ref(posted), "👍", true);

    assertThat(ask(BOB, add, Stored.class).repeated()).isFalse();
    assertThat(ask(BOB, add, Stored.class).repeated()).isTrue();
    ask(BOB, new React(ROOM, ref(posted), "👍", false), Stored.class);

    assertThat(kit.published(ChatReacted.class))
        .extracting(ChatReacted::users)
        .containsExactly(List.of(BOB.user()), List.of());
    assertThat(history(Optional.empty(), Optional.empty(), 1).messages().getFirst().message())
        .extracting(ChatMessage::reactions)
        .isEqualTo(Map.of());
  }

  @Test
  void aMarkRisesAndTellsTheRoom() {
    Stored one = send(ANN, "one");
    Stored two = send(ANN, "two");
    send(ANN, "three");

    Marked marked =
        ask(BOB, new MarkRead(ROOM, List.of(ref(two), new MessageRef.BySeq(1))), Marked.class);

    assertThat(marked).isEqualTo(new Marked(ROOM, 2, 1, 2));
    ChatRead told = kit.awaitEvent(ChatRead.class);
    assertThat(told.upTo()).isEqualTo(2);
    assertThat(told.messages()).containsExactly(1L, 2L);
    assertThat(told.messageIds()).containsExactly(one.messageId(), two.messageId());
    assertThat(ask(BOB, new MarkRead(ROOM, List.of(ref(one))), Marked.class))
        .as("it never falls")
        .isEqualTo(new Marked(ROOM, 2, 1, 1));
    assertThat(kit.published(ChatRead.class)).hasSize(1);
  }

  @Test
  void nobodyReadsBeyondTheEnd() {
    send(ANN, "one");

    assertThat(ask(BOB, new MarkRead(ROOM, List.of(new MessageRef.BySeq(900))), Marked.class))
        .isEqualTo(new Marked(ROOM, 1, 0, 1));
    assertRejected(
        ask(BOB, new MarkRead(ROOM, List.of(new MessageRef.ById("unknown")))), ErrorCode.NOT_FOUND);
    assertRejected(ask(BOB, new MarkRead(ROOM, List.of())), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void unreadCountsMessagesAlone() {
    Stored one = send(ANN, "one");
    ask(ANN, edit(one, "eins"), Stored.class);
    ask(BOB, new React(ROOM, ref(one), "👍", true), Stored.class);
    send(ANN, "two");

    assertThat(ask(BOB, new MarkRead(ROOM, List.of(ref(one))), Marked.class).unread()).isEqualTo(1);
  }

  @Test
  void inLargeRoomsOnlyTheNewestMarkIsTold() {
    members.set(51);
    List<Stored> posted = List.of(send(ANN, "1"), send(ANN, "2"), send(ANN, "3"));
    posted.forEach(message -> ask(BOB, new MarkRead(ROOM, List.of(ref(message))), Marked.class));

    ChatRead told = kit.awaitEvent(ChatRead.class);

    assertThat(told.upTo()).isEqualTo(3);
    assertThat(kit.published(ChatRead.class)).hasSize(1);
  }

  @Test
  void whoPostsHasReadTheirOwn() {
    send(BOB, "one");
    send(ANN, "two");
    Marks marks = new Marks(kit.store.records());

    kit.undeploy();

    assertThat(DomainKit.await(marks.get(ROOM, ANN.user()))).isEqualTo(new Marks.Mark(2, 2));
    assertThat(DomainKit.await(marks.get(ROOM, BOB.user()))).isEqualTo(new Marks.Mark(1, 1));
  }

  @Test
  void historyIsReadInPagesBothWays() {
    for (int i = 1; i <= 5; i++) {
      send(ANN, "m" + i);
    }

    assertPage(history(Optional.empty(), Optional.empty(), 2), true, "m4", "m5");
    assertPage(history(Optional.of(4L), Optional.empty(), 2), true, "m2", "m3");
    assertPage(history(Optional.of(2L), Optional.empty(), 2), false, "m1");
    assertPage(history(Optional.empty(), Optional.of(3L), 2), false, "m4", "m5");
    assertPage(history(Optional.empty(), Optional.of(0L), 2), true, "m1", "m2");
    assertPage(history(Optional.of(4L), Optional.of(1L), 9), false, "m2", "m3");
    assertPage(history(Optional.empty(), Optional.of(5L), 2), false);
    assertThat(history(Optional.empty(), Optional.empty(), 1).head().seq()).isEqualTo(5);
    assertRejected(
        ask(ANN, new ReadHistory(ROOM, Optional.empty(), Optional.empty(), 0)),
        ErrorCode.VALIDATION_FAILED);
    assertRejected(
        ask(ANN, new ReadHistory(ROOM, Optional.empty(), Optional.empty(), 201)),
        ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void whoAsksForAReceiptHearsWhoIsOnline() {
    Participations participations = new Participations(kit.store.records());
    List.of("ann", "bob", "cas")
        .forEach(
            name -> DomainKit.await(participations.begin(ROOM, new UserId(name), Instant.EPOCH)));
    answerPresence(BOB.user());

    send(ANN, text("hello").withReceipt());

    Envelope told = kit.awaitEnvelope(ChatDelivered.class, _ -> true);
    assertThat(told.topics()).containsExactly(Topic.of(ANN.user()));
    assertThat(((ChatDelivered) told.event()).deliveredTo()).containsExactly(BOB.user());
  }

  @Test
  void whatIsStoredTwiceIsReportedUnavailableUntilItHeals() {
    kit.store.setBroken(true);
    assertRejected(ask(ANN, keyed("hello", "c1")), ErrorCode.UNAVAILABLE);
    kit.store.setBroken(false);
    assertThat(send(ANN, keyed("hello", "c1")).repeated()).isFalse();
  }

  @Test
  void aMessageTooLongForTheStoreIsRefused() {
    assertRejected(ask(ANN, text("x".repeat(600_000))), ErrorCode.VALIDATION_FAILED);
    Stored posted = send(ANN, text("short"));
    assertRejected(ask(ANN, edit(posted, "x".repeat(1_100_000))), ErrorCode.VALIDATION_FAILED);
  }

  /// A presence that knows one user.
  private void answerPresence(UserId online) {
    DomainKit.await(
        kit.bus
            .serve(
                Addresses.presence(0),
                request ->
                    Future.succeededFuture(
                        new Reply.Presences(
                            ((GetPresence) request.command())
                                .users().stream().map(user -> state(user, online)).toList())))
            .completion());
  }

  private static PresenceState state(UserId user, UserId online) {
    return new PresenceState(
        user,
        user.value(),
        user.equals(online) ? PresenceStatus.ONLINE : PresenceStatus.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private List<Event> log() {
    return DomainKit.await(kit.store.log().read(STREAM, 0, 1_000)).stream()
        .map(event -> EventJson.decode(event.payload(), event.seq()))
        .toList();
  }

  private String everythingStored() {
    StringBuilder text = new StringBuilder();
    DomainKit.await(kit.store.log().read(STREAM, 0, 1_000))
        .forEach(event -> text.append(new String(event.payload(), StandardCharsets.UTF_8)));
    DomainKit.await(kit.store.records().scan(STREAM, "", "", 1_000))
        .forEach(record -> text.append(new String(record.value(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  private List<PastEdit> edits(Stored message) {
    return DomainKit.await(new EditHistory(kit.store.records()).of(ROOM, message.messageId()));
  }

  @Test
  void pagesOfAListPassOverTheNewest() {
    Stored first = send(ANN, "m1");
    for (int i = 2; i <= 7; i++) {
      ask(BOB, new React(ROOM, ref(first), "e" + i, true), Stored.class);
      send(ANN, "m" + i);
    }
    List<String> newestFirst = List.of("m7", "m6", "m5", "m4", "m3", "m2", "m1");
    for (int offset = 0; offset <= 8; offset++) {
      assertThat(page(Optional.empty(), Optional.empty(), offset, 2))
          .as("offset %d", offset)
          .isEqualTo(newestFirst.stream().skip(offset).limit(2).toList());
    }
    assertThat(page(Optional.of(9L), Optional.empty(), 1, 2)).containsExactly("m3", "m2");
    assertThat(page(Optional.empty(), Optional.of(1L), 0, 2)).containsExactly("m3", "m2");
    assertThat(page(Optional.of(5L), Optional.of(1L), 0, 9)).containsExactly("m2");
    assertRejected(
        ask(ANN, new PageMessages(ROOM, Optional.empty(), Optional.of(1L), 1, 2)),
        ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void pagesOfAListEndWhereTheRoomBegins() {
    for (int i = 1; i <= 6; i++) {
      send(ANN, "m" + i);
    }
    DomainKit.await(kit.store.log().trim(STREAM, 3));
    assertThat(page(Optional.empty(), Optional.empty(), 0, 9)).containsExactly("m6", "m5", "m4");
    assertThat(page(Optional.empty(), Optional.empty(), 2, 9)).containsExactly("m4");
    assertThat(page(Optional.empty(), Optional.empty(), 3, 9)).isEmpty();
    PageMessages command = new PageMessages(ROOM, Optional.empty(), Optional.empty(), 0, 1);
    assertThat(ask(ANN, command, MessagesPage.class).total()).isEqualTo(3);
  }

  private List<String> page(Optional<Long> before, Optional<Long> after, int offset, int limit) {
    PageMessages command = new PageMessages(ROOM, before, after, offset, limit);
    return ask(ANN, command, MessagesPage.class).messages().stream()
        .map(placed -> placed.message().content())
        .toList();
  }

  private HistoryPage history(Optional<Long> before, Optional<Long> after, int limit) {
    return ask(ANN, new ReadHistory(ROOM, before, after, limit), HistoryPage.class);
  }

  private static void assertPage(HistoryPage page, boolean more, String... contents) {
    assertThat(page.messages())
        .extracting(placed -> placed.message().content())
        .containsExactly(contents);
    assertThat(page.more()).isEqualTo(more);
  }

  private static MessageRef ref(Stored message) {
    return new MessageRef.ById(message.messageId());
  }

  private static EditMessage edit(Stored message, String content) {
    return new EditMessage(ROOM, ref(message), content);
  }

  private static DeleteMessage delete(Stored message) {
    return new DeleteMessage(ROOM, ref(message));
  }

  @CanIgnoreReturnValue
  private Stored send(Caller caller, String content) {
    return send(caller, text(content));
  }

  @CanIgnoreReturnValue
  private Stored send(Caller caller, SendMessage message) {
    return ask(caller, message, Stored.class);
  }

  private static SendMessage text(String content) {
    return textTo(ROOM, content);
  }

  private static SendMessage textTo(RoomName room, String content) {
    return new SendMessage(
        room, content, "text", Optional.empty(), Optional.empty(), List.of(), new JsonArray());
  }

  private static SendMessage keyed(String content, String clientId) {
    return new SendMessage(
        ROOM, content, "text", Optional.of(clientId), Optional.empty(), List.of(), new JsonArray());
  }

  private Outcome ask(Caller caller, Command command) {
    return kit.ask(Addresses.chat(0), caller, command);
  }

  @CanIgnoreReturnValue
  private <T> T ask(Caller caller, Command command, Class<T> reply) {
    return kit.ask(Addresses.chat(0), caller, command, reply);
  }

  private static void assertRejected(Outcome outcome, ErrorCode code) {
    assertThat(outcome).isInstanceOf(Rejection.class);
    assertThat(((Rejection) outcome).code()).isEqualTo(code);
  }

  private record Rooms(AtomicInteger size) implements ChatRooms {
    @Override
    public boolean takesChat(RoomName room) {
      return !room.equals(RoomName.ADMIN);
    }

    @Override
    public int members(RoomName room) {
      return size.get();
    }
  }
}
