package dev.parley.presence;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.MisdirectedException;
import dev.parley.config.PresenceConfig;
import dev.parley.config.RoomsConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand;
import dev.parley.protocol.PresenceCommand.ConnectionClosed;
import dev.parley.protocol.PresenceCommand.ConnectionOpened;
import dev.parley.protocol.PresenceCommand.GetPresence;
import dev.parley.protocol.PresenceCommand.ListOnline;
import dev.parley.protocol.PresenceCommand.MoveCursor;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.RoomName;
import dev.parley.store.Participations;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToIntFunction;

/// Serves the presence of the users of one shard, and questions about any user. All of it runs on
/// one event loop.
public final class PresenceVerticle extends VerticleBase {
  /// How much of `last_seen` a crash may lose.
  private static final Duration SEEN_EVERY = Duration.ofMinutes(2);

  private final int shard;
  private final MessageBus bus;
  private final InstantSource clock;
  private final OnlineUsers users;
  private final UsersElsewhere elsewhere;
  private final LastSeen lastSeen;
  private final PresenceDesk desk;
  private final Lookup lookup;

  /// @param rooms says which rooms are large
  /// @param users shared by all shards of the node
  /// @param elsewhere the users who are online at other nodes
  /// @param members how many members a room has now
  public PresenceVerticle(
      int shard,
      MessageBus bus,
      Store store,
      PresenceConfig config,
      RoomsConfig rooms,
      OnlineUsers users,
      UsersElsewhere elsewhere,
      ToIntFunction<RoomName> members,
      InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    this.clock = clock;
    this.users = users;
    this.elsewhere = elsewhere;
    this.lastSeen = new LastSeen(store.records());
    var participations = new Participations(store.records());
    var presences = new Presences(users, elsewhere, grace(config, elsewhere), SEEN_EVERY);
    var news = new PresenceNews(bus, participations, rooms.batchAbove(), members);
    this.desk =
        new PresenceDesk(presences, news, lastSeen, rooms.batchInterval(), clock, this::runAfter);
    this.lookup = new Lookup(users, elsewhere, lastSeen, participations, clock);
  }

  @Override
  public Future<?> start() {
    elsewhere.follow(shard, changes -> context.runOnContext(_ -> desk.onElsewhere(changes)));
    return bus.serve(Addresses.presence(shard), PresenceCommand.class, this::serve).completion();
  }

  /// Keeps of everybody here that they were seen.
  @Override
  public Future<?> stop() {
    Instant now = clock.instant();
    List<PresenceState> all =
        users.all(user -> bus.shards().of(user) == shard).stream()
            .map(online -> online.toState(elsewhere.self(), now))
            .toList();
    return lastSeen.keepAll(all).otherwiseEmpty();
  }

  private Future<Outcome> serve(Caller caller, PresenceCommand command) {
    return switch (command) {
      case ConnectionOpened _ -> Future.succeededFuture(desk.open(caller, connectionOf(caller)));
      case ConnectionClosed _ -> Future.succeededFuture(desk.close(caller, connectionOf(caller)));
      case SetPresence said -> Future.succeededFuture(desk.set(caller, said));
      case GetPresence get -> lookup.get(caller, get);
      case ListOnline list -> vertx.executeBlocking(() -> lookup.list(list), false);
      case MoveCursor _ -> throw new MisdirectedException(command);
    };
  }

  private static Duration grace(PresenceConfig config, UsersElsewhere elsewhere) {
    Duration least = elsewhere.leastGrace();
    return config.offlineGrace().compareTo(least) < 0 ? least : config.offlineGrace();
  }

  private void runAfter(Duration delay, Runnable task) {
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
  }

  private static ConnectionId connectionOf(Caller caller) {
    return caller
        .connection()
        .orElseThrow(() -> new IllegalArgumentException("only connections are counted"));
  }
}
