package dev.parley.rooms;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.MisdirectedException;
import dev.parley.config.RoomsConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.MembershipCommand;
import dev.parley.protocol.MembershipCommand.Arrive;
import dev.parley.protocol.MembershipCommand.Depart;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.ListParticipations;
import dev.parley.protocol.MembershipCommand.SetGrant;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomCommand;
import dev.parley.protocol.RoomCommand.BroadcastToRoom;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.RoomCommand.LeaveRoom;
import dev.parley.protocol.RoomCommand.ListActiveRooms;
import dev.parley.protocol.RoomCommand.ListConversations;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomCommand.ListRooms;
import dev.parley.protocol.RoomCommand.RecordMessage;
import dev.parley.store.Marks;
import dev.parley.store.Participations;
import dev.parley.store.Receipts;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Serves the rooms of one shard. All of it runs on one event loop.
public final class RoomsVerticle extends VerticleBase {
  private final int shard;
  private final MessageBus bus;
  private final Duration batchInterval;
  private final MembersElsewhere elsewhere;
  private final Comings comings;
  private final Entrance entrance;
  private final GrantDesk grantDesk;
  private final Directory directory;
  private final Conversations conversations;
  private final ActiveRooms activeRooms;
  private final Broadcasts broadcasts;
  private boolean newsAwaited;

  /// @param elsewhere the members that other nodes have
  /// @param occupancy shared by all shards of the node
  /// @param cursors likewise
  /// @param applicationDecides whether somebody consumes [Addresses#AUTHORIZE]
  /// @param standstills how often the process stood still
  public RoomsVerticle(
      int shard,
      MessageBus bus,
      Store store,
      RoomsConfig config,
      MembersElsewhere elsewhere,
      Occupancy occupancy,
      Cursors cursors,
      Supplier<Future<Boolean>> applicationDecides,
      IntSupplier standstills,
      InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    this.elsewhere = elsewhere;
    this.batchInterval = config.batchInterval();
    var attendance = new Attendance(config.batchAbove(), elsewhere);
    var announcer = new Announcer(bus, elsewhere.isSomewhere());
    var views = new RoomViews(shard, bus, attendance, cursors, config.batchAbove());
    this.comings = new Comings(attendance, occupancy, announcer, views, clock);
    var participations = new Participations(store.records());
    var grants = new Grants(store.records());
    var answers = new AnswerCache(config.authorizeCache(), standstills);
    var hook =
        new AuthorizeHook(bus, applicationDecides, config.authorizeTimeout(), answers, clock);
    var policy = new RoomPolicy(config.rules(), config.otherwise());
    var log = new RoomLog(store.log(), bus);
    var existence = new Existence(occupancy, store.log(), participations);
    var marks = new Marks(store.records());
    var doorkeeper = new Doorkeeper(hook, policy, grants);
    this.entrance =
        new Entrance(
            doorkeeper,
            existence,
            participations,
            new Receipts(store.records(), store.log()),
            attendance,
            occupancy,
            announcer,
            views,
            clock);
    this.grantDesk = new GrantDesk(grants, log, participations, hook, announcer, clock);
    this.directory = new Directory(attendance, occupancy, participations, store.log(), marks);
    this.conversations = new Conversations(participations, store.log(), marks);
    this.activeRooms = new ActiveRooms(occupancy, doorkeeper, store.log());
    this.broadcasts = new Broadcasts(log, announcer, clock);
  }

  @Override
  public Future<?> start() {
    elsewhere.follow(
        shard,
        changes -> context.runOnContext(_ -> onElsewhere(changes)),
        members -> context.runOnContext(_ -> onUnsettled(members)));
    return bus.serve(Addresses.rooms(shard), this::serve).completion();
  }

  private Future<Outcome> serve(Request request) {
    Caller caller = request.caller();
    Future<Outcome> outcome =
        switch (request.command()) {
          case RoomCommand command -> serve(caller, command);
          case MembershipCommand command -> serve(caller, command);
          default -> throw new MisdirectedException(request.command());
        };
    return outcome.onComplete(_ -> awaitNews());
  }

  private Future<Outcome> serve(Caller caller, RoomCommand command) {
    return switch (command) {
      case ListMembers list -> Future.succeededFuture(directory.members(list));
      case ListRooms() -> directory.roomsOf(caller.user());
      case ListConversations list -> conversations.of(caller.user(), list);
      case ListActiveRooms list -> activeRooms.seenBy(caller, list);
      case BroadcastToRoom broadcast -> broadcasts.send(caller, broadcast);
      case RecordMessage message -> broadcasts.keep(message);
      case JoinRoom _, LeaveRoom _, RoomCommand.WatchRoom _, RoomCommand.UnwatchRoom _ ->
          throw new MisdirectedException(command);
    };
  }

  private Future<Outcome> serve(Caller caller, MembershipCommand command) {
    return switch (command) {
      case EnterRoom enter -> entrance.enter(caller, enter);
      case Arrive arrive -> entrance.arrive(caller, connectionOf(caller), arrive);
      case Depart depart -> entrance.depart(caller, connectionOf(caller), depart);
      case ListParticipations(var user) -> directory.participationsOf(user);
      case SetGrant grant -> grantDesk.set(caller, grant);
    };
  }

  private void onElsewhere(List<MembersElsewhere.Change> changes) {
    comings.onElsewhere(changes);
    awaitNews();
  }

  private void onUnsettled(List<MembersElsewhere.Unsettled> members) {
    comings.onUnsettled(members);
    awaitNews();
  }

  /// What large rooms are told waits for the next interval, which begins with the first news.
  private void awaitNews() {
    if (comings.areWaiting() && !newsAwaited) {
      newsAwaited = true;
      vertx.setTimer(batchInterval.toMillis(), _ -> tellNews());
    }
  }

  private void tellNews() {
    newsAwaited = false;
    comings.tellCollected();
  }

  private static ConnectionId connectionOf(Caller caller) {
    return caller
        .connection()
        .orElseThrow(() -> new IllegalArgumentException("only connections are members"));
  }
}
