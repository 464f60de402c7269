package dev.parley.notifications;

import static dev.parley.kit.DomainKit.await;
import static dev.parley.notifications.Drafts.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.bus.Addresses;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Received;
import dev.parley.protocol.NotificationCommand.ClearNotifications;
import dev.parley.protocol.NotificationCommand.CreateNotification;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.NotificationEvent.Marking;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.NotificationEvent.NotificationsMarked;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.Delivered;
import dev.parley.protocol.Reply.NotificationKept;
import dev.parley.protocol.Reply.Notifications;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog.Head;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Notifications on a real store. Two shards serve the same users here, as two nodes would.
abstract class NotificationsContract {
  private static final NodeId NODE = new NodeId("n1");
  private static final Caller ANN = DomainKit.user("ann");
  private static final Caller BOB = DomainKit.user("bob");
  private static final Caller EDITOR =
      new Caller(
          new UserId("eve"),
          "eve",
          Optional.empty(),
          Set.of("editor"),
          List.of(),
          false,
          Optional.empty());

  private DomainKit kit;

  abstract DomainKit open();

  @BeforeEach
  void start() {
    kit = open();
    var _ =
        kit.bus.serve(Addresses.connections(NODE), _ -> Future.succeededFuture(new Delivered(3)));
    deploy();
  }

  @AfterEach
  void stop() {
    kit.close();
    end();
  }

  /// The store is closed.
  void end() {}

  private void deploy() {
    Backlog backlog = new Backlog();
    for (int shard = 0; shard < 2; shard++) {
      kit.deploy(
          new NotificationsVerticle(
              shard, kit.bus, kit.store, NODE, backlog, InstantSource.system()));
    }
  }

  @Test
  void whatIsForAUserIsKeptToldAndListed() {
    Notification kept = create(Drafts.user("ann"), "One");
    assertThat(kept.createdAt()).isAfter(Drafts.to(ALL, "").createdAt());
    Envelope told = kit.awaitEnvelope(envelope -> true);
    assertThat(told.event()).isEqualTo(new NotificationCreated(kept));
    assertThat(told.topics()).containsExactly(Topic.of(new UserId("ann")));
    Notifications page = list(ANN);
    assertThat(page.notifications()).containsExactly(new Received(kept, false));
    assertThat(page.unread()).isEqualTo(1);
    assertThat(page.more()).isFalse();
    assertThat(list(BOB).notifications()).isEmpty();
    assertThat(list(BOB).unread()).isZero();
  }

  @Test
  void recipientsAreCounted() {
    NotificationKept kept =
        kit.ask(
            address(0),
            Caller.SERVER,
            new CreateNotification(Drafts.to(ALL, "One")),
            NotificationKept.class);
    assertThat(kept.recipients()).isEqualTo(3);
  }

  @Test
  void usersGetTheirOwnThoseOfTheirRolesAndThoseForAllNewestFirst() {
    create(ALL, "1");
    create(Drafts.user("eve"), "2");
    create(Drafts.role("editor"), "3");
    create(Drafts.user("ann"), "4");
    create(ALL, "5");
    assertThat(titles(list(EDITOR))).containsExactly("5", "3", "2", "1");
    assertThat(titles(list(ANN))).containsExactly("5", "4", "1");
    assertThat(titles(list(BOB))).containsExactly("5", "1");
  }

  @Test
  void aBroadcastIsStoredOnce() {
    create(ALL, "1");
    Head head = await(kit.store.log().head(StreamId.NOTICES_FOR_ALL));
    assertThat(head.position().seq()).isEqualTo(1);
    assertThat(await(kit.store.log().head(StreamId.of(ANN.user())))).isEqualTo(Head.EMPTY);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    List<Addressee> kinds = List.of(ALL, Drafts.user("eve"), Drafts.role("editor"), ALL);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      create(kinds.get(i * 7 % 4), Integer.toString(i));
      expected.addFirst(Integer.toString(i));
    }
    List<String> found = new ArrayList<>();
    Optional<String> before = Optional.empty();
    boolean more = true;
    while (more) {
      Notifications page =
          ask(0, EDITOR, new ListNotifications(false, before, 7), Notifications.class);
      found.addAll(titles(page));
      before = Optional.of(page.notifications().getLast().notification().id());
      more = page.more();
      assertThat(page.unread()).isEqualTo(60);
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void readOnesAreShownAsReadAndNotCounted() {
    Notification first = create(Drafts.user("ann"), "1");
    Notification second = create(ALL, "2");
    create(ALL, "3");
    kit.forget();
    assertThat(read(ANN, second.id(), second.id())).isEqualTo(new Reply.NotificationsMarked(1, 2));
    Envelope told = kit.awaitEnvelope(NotificationsMarked.class, _ -> true);
    assertThat(told.topics()).containsExactly(Topic.of(ANN.user()));
    NotificationsMarked event = (NotificationsMarked) told.event();
    assertThat(event.marking()).isEqualTo(Marking.READ);
    assertThat(event.ids()).containsExactly(second.id());
    assertThat(event.unread()).isEqualTo(2);
    assertThat(list(ANN).notifications())
        .extracting(Received::read)
        .containsExactly(false, true, false);
    Notifications unread =
        ask(1, ANN, new ListNotifications(true, Optional.empty(), 50), Notifications.class);
    assertThat(titles(unread)).containsExactly("3", "1");
    assertThat(list(BOB).unread()).isEqualTo(2);
    assertThat(read(ANN, first.id(), second.id())).isEqualTo(new Reply.NotificationsMarked(1, 1));
  }

  @Test
  void allAreRead() {
    create(Drafts.user("eve"), "1");
    create(ALL, "2");
    create(Drafts.role("editor"), "3");
    assertThat(read(EDITOR)).isEqualTo(new Reply.NotificationsMarked(3, 0));
    create(ALL, "4");
    assertThat(list(EDITOR).unread()).isEqualTo(1);
    assertThat(list(EDITOR).notifications())
        .extracting(Received::read)
        .containsExactly(false, true, true, true);
  }

  @Test
  void clearedOnesAreGone() {
    Notification first = create(ALL, "1");
    create(Drafts.user("ann"), "2");
    create(ALL, "3");
    assertThat(clear(ANN, first.id())).isEqualTo(new Reply.NotificationsMarked(1, 2));
    assertThat(titles(list(ANN))).containsExactly("3", "2");
    assertThat(titles(list(BOB))).containsExactly("3", "1");
    assertThat(clear(ANN)).isEqualTo(new Reply.NotificationsMarked(2, 0));
    assertThat(list(ANN).notifications()).isEmpty();
    create(ALL, "4");
    assertThat(titles(list(ANN))).containsExactly("4");
    assertThat(list(ANN).unread()).isEqualTo(1);
  }

  @Test
  void markingAgainChangesNothingAndIsToldAgain() {
    Notification one = create(ALL, "1");
    assertThat(read(ANN, one.id())).isEqualTo(new Reply.NotificationsMarked(1, 0));
    kit.forget();
    assertThat(read(ANN, one.id())).isEqualTo(new Reply.NotificationsMarked(0, 0));
    kit.awaitEnvelope(NotificationsMarked.class, _ -> true);
  }

  @Test
  void othersNotificationsCannotBeMarked() {
    Notification anns = create(Drafts.user("ann"), "1");
    Notification editors = create(Drafts.role("editor"), "2");
    for (String id : List.of(anns.id(), editors.id(), "notif_123")) {
      Outcome outcome = kit.ask(address(0), BOB, new ReadNotifications(List.of(id)));
      assertThat(((Rejection) outcome).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }
    assertThat(list(ANN).unread()).isEqualTo(1);
  }

  @Test
  void marksOfTwoNodesAtOnceAreBothKept() {
    List<String> ids =
        IntStream.range(0, 40).mapToObj(i -> create(ALL, Integer.toString(i)).id()).toList();
    List<Future<Outcome>> marks =
        IntStream.range(0, 40)
            .mapToObj(
                i -> kit.request(address(i % 2), ANN, new ReadNotifications(List.of(ids.get(i)))))
            .toList();
    marks.forEach(each -> assertThat(await(each)).isInstanceOf(Reply.NotificationsMarked.class));
    assertThat(list(ANN).unread()).isZero();
  }

  @Test
  void manyAtOnceFromTwoNodesAreAllKeptInOneOrder() {
    List<Future<Outcome>> created =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    kit.request(
                        address(i % 2),
                        Caller.SERVER,
                        new CreateNotification(Drafts.to(ALL, Integer.toString(i)))))
            .toList();
    created.forEach(each -> assertThat(await(each)).isInstanceOf(NotificationKept.class));
    Notifications page =
        ask(0, ANN, new ListNotifications(false, Optional.empty(), 200), Notifications.class);
    assertThat(titles(page)).hasSize(200).doesNotHaveDuplicates();
    assertThat(page.unread()).isEqualTo(200);
    assertThat(page.notifications())
        .extracting(each -> each.notification().id())
        .isSortedAccordingTo(Comparator.reverseOrder())
        .doesNotHaveDuplicates();
  }

  @Test
  void whatElseStandsInAUsersStreamIsPassedOver() {
    create(Drafts.user("ann"), "1");
    for (int i = 0; i < 5; i++) {
      byte[] payload = EventJson.encode(new CustomMessage(new JsonObject().put("type", "hi")));
      AppendResult _ =
          await(
              kit.store
                  .log()
                  .append(Append.of(StreamId.of(ANN.user()), new NewEvent(payload, false))));
    }
    Notification last = create(Drafts.user("ann"), "2");
    assertThat(titles(list(ANN))).containsExactly("2", "1");
    assertThat(list(ANN).unread()).isEqualTo(2);
    Notifications older =
        ask(0, ANN, new ListNotifications(false, Optional.of(last.id()), 5), Notifications.class);
    assertThat(titles(older)).containsExactly("1");
    assertThat(read(ANN, last.id())).isEqualTo(new Reply.NotificationsMarked(1, 1));
  }

  @Test
  void whatIsTrimmedCountsNoMore() {
    create(ALL, "1");
    Notification second = create(ALL, "2");
    create(ALL, "3");
    create(Drafts.user("ann"), "4");
    await(kit.store.log().trim(StreamId.NOTICES_FOR_ALL, 2));
    assertThat(titles(list(ANN))).containsExactly("4", "3");
    assertThat(list(ANN).unread()).isEqualTo(2);
    assertThat(titles(before(ANN, second.id()))).isEmpty();
    assertThat(read(ANN)).isEqualTo(new Reply.NotificationsMarked(2, 0));
    await(kit.store.log().trim(StreamId.NOTICES_FOR_ALL, 3));
    assertThat(titles(list(ANN))).containsExactly("4");
    create(ALL, "5");
    assertThat(list(ANN).unread()).isEqualTo(1);
    assertThat(titles(before(ANN, list(ANN).notifications().getFirst().notification().id())))
        .containsExactly("4");
  }

  @Test
  void allOfItIsThereAfterARestart() {
    Notification first = create(Drafts.user("ann"), "1");
    create(ALL, "2");
    read(ANN, first.id());
    kit.undeploy();
    deploy();
    assertThat(titles(list(ANN))).containsExactly("2", "1");
    assertThat(list(ANN).unread()).isEqualTo(1);
    create(Drafts.user("ann"), "3");
    assertThat(titles(list(ANN))).containsExactly("3", "2", "1");
  }

  @Test
  void withoutTheStoreNothingIsAcknowledged() {
    kit.store.setBroken(true);
    Outcome outcome =
        kit.ask(address(0), Caller.SERVER, new CreateNotification(Drafts.to(ALL, "1")));
    assertThat(((Rejection) outcome).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(kit.published(NotificationCreated.class)).isEmpty();
    kit.store.setBroken(false);
    create(ALL, "2");
    assertThat(titles(list(ANN))).containsExactly("2");
  }

  @Test
  void aWrongQuestionIsRefused() {
    assertThat(refusal(new ListNotifications(false, Optional.of("notif_1"), 5))).contains("before");
    assertThat(refusal(new ListNotifications(false, Optional.empty(), 201))).contains("limit");
    assertThat(
            refusal(new ReadNotifications(IntStream.range(0, 201).mapToObj(i -> "n" + i).toList())))
        .contains("notification_ids");
  }

  private Optional<String> refusal(Command command) {
    return ((Rejection) kit.ask(address(0), ANN, command)).field();
  }

  @CanIgnoreReturnValue
  private Notification create(Addressee addressee, String title) {
    return ask(
            0,
            Caller.SERVER,
            new CreateNotification(Drafts.to(addressee, title)),
            NotificationKept.class)
        .notification();
  }

  private Notifications list(Caller caller) {
    return ask(0, caller, new ListNotifications(false, Optional.empty(), 50), Notifications.class);
  }

  private Notifications before(Caller caller, String id) {
    return ask(0, caller, new ListNotifications(false, Optional.of(id), 50), Notifications.class);
  }

  @CanIgnoreReturnValue
  private Reply.NotificationsMarked read(Caller caller, String... ids) {
    return ask(1, caller, new ReadNotifications(List.of(ids)), Reply.NotificationsMarked.class);
  }

  @CanIgnoreReturnValue
  private Reply.NotificationsMarked clear(Caller caller, String... ids) {
    return ask(1, caller, new ClearNotifications(List.of(ids)), Reply.NotificationsMarked.class);
  }

  private <T> T ask(int shard, Caller caller, Command command, Class<T> reply) {
    return kit.ask(address(shard), caller, command, reply);
  }

  private static String address(int shard) {
    return Addresses.notifications(shard);
  }

  private static List<String> titles(Notifications page) {
    return page.notifications().stream().map(each -> each.notification().title()).toList();
  }
}
