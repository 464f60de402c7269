package dev.parley.inbox;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.config.QueueConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.InboxCommand;
import dev.parley.protocol.InboxCommand.NoteDelivered;
import dev.parley.protocol.InboxCommand.OpenInbox;
import dev.parley.protocol.InboxCommand.ReadInbox;
import dev.parley.protocol.InboxCommand.SendDirect;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.InboxOpened;
import dev.parley.protocol.Reply.InboxPage;
import dev.parley.protocol.Reply.Queue;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.Participations;
import dev.parley.store.Receipts;
import dev.parley.store.Store;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves the inboxes of one shard of users. All of it runs on one event loop.
public final class InboxVerticle extends VerticleBase {
  private static final int PAGE = 64;
  private static final int FEEDS_AT_ONCE = 8;
  private static final int NOTES_AT_ONCE = 64;
  private static final int MAX_WAITING = 20_000;

  private final int shard;
  private final MessageBus bus;
  private final EventLog log;
  private final DirectMessages messages;
  private final Backlog backlog;
  private final FeedLease lease;
  private final Deliveries deliveries;

  /// The last of what is being noted of a user.
  private final Map<UserId, Future<?>> noting = new HashMap<>();

  private final Turns feeds = new Turns(FEEDS_AT_ONCE, MAX_WAITING);
  private final Turns notes = new Turns(NOTES_AT_ONCE, MAX_WAITING);

  /// @param node the one it runs on
  public InboxVerticle(
      int shard,
      MessageBus bus,
      NodeId node,
      Store store,
      QueueConfig config,
      InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    this.log = store.log();
    this.messages = new DirectMessages(bus, node, log, clock);
    this.backlog = new Backlog(store, bus, config);
    this.lease = new FeedLease(store.records(), config.lease(), clock);
    this.deliveries =
        new Deliveries(
            new Receipts(store.records(), log), new Participations(store.records()), bus, clock);
  }

  @Override
  public Future<?> start() {
    return bus.serve(Addresses.inbox(shard), InboxCommand.class, this::serve).completion();
  }

  /// Notes what sessions told at their end.
  @Override
  public Future<?> stop() {
    return Future.join(List.copyOf(noting.values())).otherwiseEmpty();
  }

  /// What waits for its turn; any thread may ask.
  public int depth() {
    return feeds.depth() + notes.depth();
  }

  private Future<Outcome> serve(Caller caller, InboxCommand command) {
    return switch (command) {
      case SendDirect send -> messages.send(send);
      case OpenInbox(boolean feed, boolean chat) ->
          feed ? feedNext(caller, chat) : open(caller.user());
      case ReadInbox(Position after) -> read(caller.user(), after);
      case NoteDelivered note -> noteNext(caller, note);
    };
  }

  private Future<Outcome> open(UserId user) {
    return head(user).map(head -> new InboxOpened(head, Optional.empty()));
  }

  /// After what the user's earlier connections have received is noted.
  private Future<Outcome> feedNext(Caller caller, boolean chat) {
    return noting
        .getOrDefault(caller.user(), Future.succeededFuture())
        .transform(_ -> feeds.run(() -> feed(caller, chat)));
  }

  private Future<Outcome> noteNext(Caller caller, NoteDelivered note) {
    UserId user = caller.user();
    Future<Outcome> noted =
        noting
            .getOrDefault(user, Future.succeededFuture())
            .transform(_ -> notes.run(() -> note(caller, note)));
    if (!noted.isComplete()) {
      noting.put(user, noted);
    }
    return noted.onComplete(_ -> noting.remove(user, noted));
  }

  private Future<Outcome> feed(Caller caller, boolean chat) {
    return backlog
        .of(caller, chat)
        .compose(
            queue ->
                queue.events().isEmpty()
                    ? Future.succeededFuture(opened(caller.user(), queue))
                    : feed(caller, chat, connectionOf(caller)));
  }

  /// Looks once more: another connection may just have been fed.
  private Future<Outcome> feed(Caller caller, boolean chat, ConnectionId connection) {
    return lease
        .take(caller.user(), connection)
        .compose(taken -> taken ? take(caller, chat, connection) : open(caller.user()));
  }

  private Future<Outcome> take(Caller caller, boolean chat, ConnectionId connection) {
    return backlog
        .of(caller, chat)
        .<Outcome>map(queue -> opened(caller.user(), queue))
        .recover(
            failure ->
                lease
                    .release(caller.user(), connection)
                    .transform(_ -> Future.failedFuture(failure)));
  }

  private static InboxOpened opened(UserId user, Queue queue) {
    Position head = queue.upTo().getOrDefault(StreamId.of(user), Position.START);
    return new InboxOpened(head, Optional.of(queue));
  }

  /// A position of lost history says nothing of what is there now.
  private Future<Outcome> read(UserId user, Position after) {
    StreamId inbox = StreamId.of(user);
    return log.check(inbox, after)
        .compose(
            verdict ->
                verdict == EventLog.Check.LOST
                    ? head(user).map(head -> new InboxPage(head, List.of(), head))
                    : log.read(inbox, after.seq(), PAGE).map(page -> toPage(user, after, page)));
  }

  private static Outcome toPage(UserId user, Position after, List<StoredEvent> page) {
    return new InboxPage(
        after,
        page.stream()
            .map(stored -> InboxEvents.envelope(Topic.of(user), stored))
            .flatMap(Optional::stream)
            .toList(),
        page.isEmpty() ? after : page.getLast().stamp().position());
  }

  private Future<Outcome> note(Caller caller, NoteDelivered note) {
    return deliveries
        .note(caller.user(), note.delivered())
        .onSuccess(_ -> deliveries.tellSenders(caller.user(), note.received()))
        .otherwiseEmpty()
        .eventually(() -> note.fed() ? letGo(caller) : Future.succeededFuture())
        .map(_ -> Reply.DONE);
  }

  private Future<Void> letGo(Caller caller) {
    return lease.release(caller.user(), connectionOf(caller));
  }

  private Future<Position> head(UserId user) {
    return log.head(StreamId.of(user)).map(EventLog.Head::position);
  }

  private static ConnectionId connectionOf(Caller caller) {
    return caller
        .connection()
        .orElseThrow(() -> new IllegalArgumentException("only connections are fed"));
  }
}
