package dev.parley.feed;

import dev.parley.bus.NodePost;
import dev.parley.cluster.Cluster;
import dev.parley.cluster.Rows;
import dev.parley.observe.Meters;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Topic;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/// The other nodes of a cluster: each gets an event once, if it has somebody who listens to one of
/// its topics. Any thread may call.
public final class Links implements Neighbours {
  private final Cluster cluster;
  private final NodePost post;
  private final Context context;
  private final long maxBytes;
  private final Meters meters;
  private final OwnInterest own;
  private final OthersInterest others;
  private final ConcurrentMap<NodeId, Link> links = new ConcurrentHashMap<>();

  /// @param context from which letters leave
  /// @param maxBytes unsent bytes to one node past which ephemeral events are dropped
  public Links(
      Cluster cluster, NodePost post, Rows rows, Context context, long maxBytes, Meters meters) {
    this.cluster = cluster;
    this.post = post;
    this.context = context;
    this.maxBytes = maxBytes;
    this.meters = meters;
    this.own = new OwnInterest(rows);
    this.others = new OthersInterest(rows);
    cluster.onChange(this::onChange);
  }

  /// Reads what other nodes send.
  public void onEvents(Consumer<Envelope> receiver) {
    post.on(
        Link.KIND,
        (_, letter) -> {
          EnvelopeLetter.decode(letter, receiver);
          return Future.succeededFuture(Optional.<Buffer>empty());
        });
  }

  @Override
  public void forward(Envelope envelope) {
    byte[] encoded = null;
    for (NodeId node : cluster.others()) {
      if (others.wants(node, envelope)) {
        encoded = encoded == null ? EnvelopeLetter.encode(envelope) : encoded;
        boolean sent = linkTo(node).send(encoded, envelope.isKept());
        meters.forwarded(sent);
      }
    }
  }

  @Override
  public void onListening(Topic topic) {
    own.add(topic);
  }

  @Override
  public void onSilent(Topic topic) {
    own.remove(topic);
  }

  @Override
  public boolean isHeard(Topic topic) {
    return cluster.others().stream().anyMatch(node -> others.hears(node, topic));
  }

  /// Unsent bytes to all nodes.
  public long unsentBytes() {
    return links.values().stream().mapToLong(Link::unsentBytes).sum();
  }

  /// Unsent bytes to one node.
  public long unsentBytes(NodeId node) {
    Link link = links.get(node);
    return link == null ? 0 : link.unsentBytes();
  }

  /// Whether so much waits on the way to a node that ephemeral events are dropped.
  public boolean isFull(NodeId node) {
    return unsentBytes(node) > maxBytes;
  }

  private Link linkTo(NodeId node) {
    return links.computeIfAbsent(node, to -> new Link(new PostWay(to, post, context), maxBytes));
  }

  private void onChange(Cluster.Change change) {
    if (change instanceof Cluster.Change.Left(NodeId node)) {
      links.remove(node);
    }
  }
}
