package dev.parley;

import dev.parley.auth.Revocations;
import dev.parley.bus.Addresses;
import dev.parley.bus.Deployments;
import dev.parley.bus.MessageBus;
import dev.parley.chat.ChatRooms;
import dev.parley.chat.ChatVerticle;
import dev.parley.cluster.Consumers;
import dev.parley.config.Config;
import dev.parley.feed.Hub;
import dev.parley.feed.Subscriber;
import dev.parley.inbox.InboxVerticle;
import dev.parley.jobs.Heard;
import dev.parley.jobs.JobsVerticle;
import dev.parley.metrics.Machine;
import dev.parley.metrics.MetricsVerticle;
import dev.parley.notifications.Backlog;
import dev.parley.notifications.MentionsVerticle;
import dev.parley.notifications.NotificationsVerticle;
import dev.parley.observe.Meters;
import dev.parley.observe.Metric;
import dev.parley.observe.Pulse;
import dev.parley.operations.OperationsVerticle;
import dev.parley.presence.OnlineUsers;
import dev.parley.presence.PresenceVerticle;
import dev.parley.presence.UsersElsewhere;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.TopicName;
import dev.parley.revocations.RevocationsVerticle;
import dev.parley.rooms.Cursors;
import dev.parley.rooms.MembersElsewhere;
import dev.parley.rooms.Occupancy;
import dev.parley.rooms.RoomPolicy;
import dev.parley.rooms.RoomsVerticle;
import dev.parley.store.Store;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The domains of one node: what each needs, and the order in which they begin.
final class Domains {
  private final Config config;
  private final InstantSource clock;
  private final MessageBus bus;
  private final Hub hub;
  private final Store store;
  private final OtherNodes others;
  private final Pulse pulse;
  private final Meters meters;
  private final Deployments deployments;
  private final OnlineUsers users = new OnlineUsers();
  private final UsersElsewhere usersElsewhere;
  private final MembersElsewhere membersElsewhere;
  private final Occupancy occupancy;
  private final Cursors cursors = new Cursors();
  private final Consumers authorizers;
  private final Backlog notices = new Backlog();
  private final List<InboxVerticle> inboxes = new CopyOnWriteArrayList<>();

  Domains(
      Config config,
      InstantSource clock,
      MessageBus bus,
      Hub hub,
      Store store,
      OtherNodes others,
      Pulse pulse,
      Meters meters,
      Deployments deployments) {
    this.config = config;
    this.clock = clock;
    this.bus = bus;
    this.hub = hub;
    this.store = store;
    this.others = others;
    this.pulse = pulse;
    this.meters = meters;
    this.deployments = deployments;
    this.usersElsewhere = others.present(bus.shards());
    this.membersElsewhere = others.members(bus.shards(), config.rooms().batchInterval());
    this.occupancy = new Occupancy(membersElsewhere);
    this.authorizers = others.registry().consumers(Addresses.AUTHORIZE);
  }

  /// Who is online at this node.
  OnlineUsers users() {
    return users;
  }

  /// Users who are online, on all nodes.
  int online() {
    return users.count(usersElsewhere);
  }

  /// Who is in which room.
  Occupancy occupancy() {
    return occupancy;
  }

  /// @param process how this process stands
  Future<Void> deploy(Revocations revocations, Supplier<SystemSample.ServerProcess> process) {
    hub.onEvent(cursors::see);
    meters.cache("cursors", cursors::size);
    meters.queue("inbox", () -> inboxes.stream().mapToLong(InboxVerticle::depth).sum());
    meters.queue("notifications", notices::size);
    return deployRevocations(revocations)
        .compose(_ -> deployments.onEachLoop(this::rooms))
        .compose(_ -> deployments.onEachLoop(this::chat))
        .compose(_ -> deployments.onEachLoop(this::inbox))
        .compose(_ -> deployments.onEachLoop(this::presence))
        .compose(_ -> deployJobs())
        .compose(_ -> deployments.one(metrics(process)))
        .compose(_ -> deployments.one(new OperationsVerticle(bus, clock)))
        .compose(_ -> deployments.onEachLoop(this::notifications))
        .compose(_ -> deployMentions());
  }

  private Future<Void> deployRevocations(Revocations revocations) {
    RevocationsVerticle verticle =
        new RevocationsVerticle(
            bus, store, revocations, () -> hub.visit(Subscriber::reviewRights), others.revoking());
    hub.watch(RevocationsVerticle.stream(), _ -> verticle.look());
    meters.queue("revocations", revocations::size);
    return deployments.one(verticle);
  }

  private RoomsVerticle rooms(int shard) {
    return new RoomsVerticle(
        shard,
        bus,
        store,
        config.rooms(),
        membersElsewhere,
        occupancy,
        cursors,
        authorizers::exist,
        pulse::standstills,
        clock);
  }

  private ChatVerticle chat(int shard) {
    return new ChatVerticle(shard, bus, store, config.chat(), new TalkedIn(occupancy), clock);
  }

  private InboxVerticle inbox(int shard) {
    InboxVerticle inbox =
        new InboxVerticle(shard, bus, others.cluster().self(), store, config.queue(), clock);
    inboxes.add(inbox);
    return inbox;
  }

  private PresenceVerticle presence(int shard) {
    return new PresenceVerticle(
        shard,
        bus,
        store,
        config.presence(),
        config.rooms(),
        users,
        usersElsewhere,
        occupancy::members,
        clock);
  }

  private Future<Void> deployJobs() {
    Heard heard = new Heard();
    LongAdder waiting = new LongAdder();
    meters.queue("job_updates", waiting::sum);
    return deployments.onEachLoop(
        shard -> new JobsVerticle(shard, bus, store, config.jobs(), heard, waiting::add, clock));
  }

  private MetricsVerticle metrics(Supplier<SystemSample.ServerProcess> process) {
    return new MetricsVerticle(
        bus,
        config.metrics(),
        Machine.here(config.store().directory()).timed(meters::machineRead),
        process,
        this::isWatched,
        others.cluster().self(),
        clock);
  }

  /// Whether anybody listens to samples, on whichever node.
  private boolean isWatched() {
    return occupancy.members(RoomName.SYSTEM_MONITORING) > 0
        || hub.isHeard(TopicName.METRICS)
        || hub.isHeard(TopicName.ALL);
  }

  private NotificationsVerticle notifications(int shard) {
    return new NotificationsVerticle(shard, bus, store, others.cluster().self(), notices, clock);
  }

  private Future<Void> deployMentions() {
    MentionsVerticle mentions =
        new MentionsVerticle(
            bus, store, others.cluster().self(), notices, config.feed().pollInterval(), clock);
    Runnable _ = meters.show(Metric.DUTY, () -> mentions.isHeld() ? 1 : 0, "mentions");
    return deployments.one(mentions);
  }

  /// What chat must know of rooms, from those who know.
  private record TalkedIn(Occupancy occupancy) implements ChatRooms {
    @Override
    public boolean takesChat(RoomName room) {
      return RoomPolicy.isConversation(room);
    }

    @Override
    public int members(RoomName room) {
      return occupancy.members(room);
    }
  }
}
