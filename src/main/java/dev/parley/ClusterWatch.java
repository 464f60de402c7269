package dev.parley;

import dev.parley.cluster.Cluster;
import dev.parley.cluster.Rows;
import dev.parley.feed.Links;
import dev.parley.observe.Health;
import dev.parley.observe.Meters;
import dev.parley.observe.Meters.Seen;
import dev.parley.observe.Metric;
import dev.parley.protocol.NodeId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an operator sees of the cluster on this node: one health check, and gauges. That nodes are
/// missing is not for a node to judge: it knows no number that there should be.
final class ClusterWatch {
  /// More nodes than that have no gauge of their own.
  private static final int MAX_GAUGES = 64;

  private final Cluster cluster;
  private final Rows rows;
  private final Links links;
  private final Meters meters;
  private final AtomicLong known = new AtomicLong();
  private final ConcurrentMap<NodeId, Runnable> gauges = new ConcurrentHashMap<>();

  private ClusterWatch(Cluster cluster, Rows rows, Links links, Meters meters) {
    this.cluster = cluster;
    this.rows = rows;
    this.links = links;
    this.meters = meters;
  }

  /// Looks from now on. It must be before the rows start.
  static ClusterWatch begin(Cluster cluster, Rows rows, Links links, Meters meters) {
    ClusterWatch watch = new ClusterWatch(cluster, rows, links, meters);
    rows.onChange(changes -> changes.forEach(watch::count));
    cluster.onChange(watch::onChange);
    cluster.others().forEach(watch::show);
    Runnable _ = meters.show(Metric.CLUSTER_NODES, () -> 1 + cluster.others().size());
    Runnable _ = meters.show(Metric.CLUSTER_STALE, () -> watch.stale().size());
    Runnable _ = meters.show(Metric.CLUSTER_ROWS, watch.known::get);
    return watch;
  }

  Health health() {
    return healthOf(cluster.others(), stale(), those(links::isFull));
  }

  /// @param stale of which not all is known that they say
  /// @param full to which too much waits
  static Health healthOf(Set<NodeId> others, List<NodeId> stale, List<NodeId> full) {
    if (!full.isEmpty()) {
      return new Health.Degraded(
          "too much waits for %s; ephemeral events for it are dropped".formatted(names(full)));
    }
    if (!stale.isEmpty()) {
      return new Health.Degraded(
          "not all is known of %s; its members and users may be missing".formatted(names(stale)));
    }
    return new Health.Healthy(
        switch (others.size()) {
          case 0 -> "no other node";
          case 1 -> "1 other node";
          default -> others.size() + " other nodes";
        });
  }

  private static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).sorted().collect(Collectors.joining(", "));
  }

  private List<NodeId> stale() {
    return those(node -> !rows.isCurrent(node));
  }

  private List<NodeId> those(Predicate<NodeId> chosen) {
    return cluster.others().stream().filter(chosen).toList();
  }

  private void count(Rows.Change change) {
    boolean was = change.before().isPresent();
    boolean is = change.value().isPresent();
    if (was != is) {
      known.addAndGet(is ? 1 : -1);
    }
  }

  private void onChange(Cluster.Change change) {
    switch (change) {
      case Cluster.Change.Joined(NodeId node) -> {
        meters.node(Seen.JOINED);
        show(node);
      }
      case Cluster.Change.Left(NodeId node) -> {
        meters.node(Seen.LEFT);
        hide(node);
      }
    }
  }

  private void show(NodeId node) {
    if (gauges.size() < MAX_GAUGES) {
      gauges.computeIfAbsent(
          node, _ -> meters.show(Metric.LINK_BYTES, () -> links.unsentBytes(node), node.value()));
    }
  }

  private void hide(NodeId node) {
    Runnable shown = gauges.remove(node);
    if (shown != null) {
      shown.run();
    }
  }
}
