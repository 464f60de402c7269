package dev.parley;

import dev.parley.auth.limits.Leases;
import dev.parley.auth.limits.OtherCounts;
import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.bus.Shards;
import dev.parley.cluster.Cluster;
import dev.parley.cluster.ClusterStart.Started;
import dev.parley.cluster.Registry;
import dev.parley.cluster.Rows;
import dev.parley.config.Config;
import dev.parley.feed.Hub;
import dev.parley.feed.Links;
import dev.parley.feed.Neighbours;
import dev.parley.gateway.DeskPost;
import dev.parley.gateway.OtherDesks;
import dev.parley.observe.Health;
import dev.parley.observe.Meters;
import dev.parley.observe.Pulse;
import dev.parley.presence.OnlineRows;
import dev.parley.presence.UsersElsewhere;
import dev.parley.revocations.RevocationsVerticle;
import dev.parley.rooms.MemberRows;
import dev.parley.rooms.MembersElsewhere;
import dev.parley.store.Quotas;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// This node's ways to the others of its cluster.
///
/// @param registry of consumers on the bus
/// @param ways empty where there are no others
record OtherNodes(Cluster cluster, Registry registry, Optional<Ways> ways) {
  /// How long the start waits until all is known that the other nodes say. A node that does not
  /// answer is one that is ending, hangs or begins.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// All that exists in a cluster only. It lives on one event loop.
  record Ways(NodePost post, Rows rows, Links links, DeskPost desks, ClusterWatch watch) {}

  static OtherNodes of(Started started, Config config, Meters meters) {
    return new OtherNodes(
        started.cluster(),
        started.registry(),
        Optional.of(config.cluster())
            .filter(cluster -> cluster.enabled())
            .map(_ -> ways(started.vertx(), started.cluster(), config, meters)));
  }

  private static Ways ways(Vertx vertx, Cluster cluster, Config config, Meters meters) {
    Context context = vertx.getOrCreateContext();
    NodePost post = MessageBus.nodePost(vertx, cluster.self());
    Rows rows = new Rows(vertx, cluster, post, context, config.cluster().rowsInterval());
    Links links = new Links(cluster, post, rows, context, config.cluster().linkBytes(), meters);
    meters.queue("links", links::unsentBytes);
    DeskPost desks = new DeskPost(cluster, post, config.cluster().linkBytes(), meters);
    meters.queue("questions", desks::unansweredBytes);
    ClusterWatch watch = ClusterWatch.begin(cluster, rows, links, meters);
    return new Ways(post, rows, links, desks, watch);
  }

  Neighbours neighbours() {
    return ways.<Neighbours>map(known -> known.links()).orElse(Neighbours.NONE);
  }

  /// Their members of rooms.
  ///
  /// @param batchInterval how long what applications are told of them may be collected
  MembersElsewhere members(Shards shards, Duration batchInterval) {
    return ways.<MembersElsewhere>map(known -> new MemberRows(known.rows(), shards, batchInterval))
        .orElse(MembersElsewhere.NOWHERE);
  }

  /// Their users.
  UsersElsewhere present(Shards shards) {
    return ways.<UsersElsewhere>map(known -> new OnlineRows(cluster, known.rows(), shards))
        .orElse(UsersElsewhere.NOWHERE);
  }

  OtherDesks desks() {
    return ways.<OtherDesks>map(known -> known.desks()).orElse(OtherDesks.NONE);
  }

  Optional<NodePost> post() {
    return ways.map(known -> known.post());
  }

  /// Who is to hear that rights were taken back.
  RevocationsVerticle.Others revoking() {
    return ways.<RevocationsVerticle.Others>map(known -> new RevokingNodes(cluster, known.post()))
        .orElse(RevocationsVerticle.Others.NONE);
  }

  /// How this node is connected to the others.
  Optional<Supplier<Health>> health() {
    return ways.map(known -> known.watch()::health);
  }

  /// How many connections the others have.
  Optional<OtherCounts> counts() {
    return ways.map(known -> new SharedCounts(known.rows()));
  }

  /// The shares of the rates that all nodes have in common, if this node is one of several.
  ///
  /// @param quotas of the shared store
  Optional<Leases> leases(Optional<Quotas> quotas) {
    return ways.flatMap(_ -> quotas.map(shared -> SharedQuotas.of(cluster, shared)));
  }

  /// The others can reach this node from now on, and it knows what they say.
  Future<Void> start(Hub hub, Pulse pulse) {
    return ways.map(known -> start(known, hub, pulse)).orElseGet(() -> Future.succeededFuture());
  }

  /// What is ephemeral and waited while this process stood still is old.
  private Future<Void> start(Ways ways, Hub hub, Pulse pulse) {
    ways.links()
        .onEvents(
            envelope -> {
              if (envelope.isKept() || pulse.isSteady()) {
                hub.deliver(envelope);
              }
            });
    return ways.post()
        .open()
        .onSuccess(_ -> registry.keep(Addresses.node(cluster.self())))
        .compose(_ -> ways.rows().start(PATIENCE));
  }

  void close() {
    registry.close();
    ways.ifPresent(known -> known.rows().close());
  }
}
