package dev.parley.cluster;

import dev.parley.cluster.Tellings.Turned;
import dev.parley.protocol.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of which somebody is told when the first node says them and when the last does not any
/// more, and what is left to be told of them by this node. Whoever owns the rows guards it.
final class Claims {
  private static final int MAX_GONE = 1_000;

  private final String prefix;
  private final Cluster cluster;
  private final OwnRows own;
  private final Replicas replicas;
  private final Tellings tellings;

  private final Set<NodeId> gone = new HashSet<>();

  /// Nodes whose end this one told. If they come back, others told that they are there, but not
  /// those who heard this one.
  private final Set<NodeId> lost = new HashSet<>();

  /// @param prefix of the keys
  Claims(String prefix, Cluster cluster, OwnRows own, Replicas replicas, Tellings tellings) {
    this.prefix = prefix;
    this.cluster = cluster;
    this.own = own;
    this.replicas = replicas;
    this.tellings = tellings;
  }

  /// A node's row is another one, or something was told of it.
  void note(Turned turned) {
    String key = turned.key();
    if (!key.startsWith(prefix)) {
      return;
    }
    NodeId node = turned.node();
    boolean isOwn = node.equals(cluster.self());
    boolean others = isOwn ? replicas.say(key) : own.says(key) || replicas.sayBesides(node, key);
    tellings.note(turned, others, turned.told() == Told.UNKNOWN && lost.contains(node));
  }

  /// An interval has passed.
  ///
  /// @return the keys to settle
  List<String> turn() {
    boolean oldest = cluster.isOldest();
    if (oldest && !gone.isEmpty()) {
      lost.addAll(gone);
      gone.clear();
    }
    return tellings.turn(this::isSaid, oldest);
  }

  Optional<Untold> settle(String key, long quietTurns, boolean prompt) {
    return tellings.settle(key, isSaid(key), quietTurns, prompt);
  }

  private boolean isSaid(String key) {
    return own.says(key) || replicas.say(key);
  }

  /// After it the oldest node may be another.
  void onLeft(NodeId node) {
    if (gone.size() + lost.size() < MAX_GONE) {
      gone.add(node);
    }
    tellings.lookAgain();
  }

  /// All that a node says was read.
  ///
  /// @param again something that it told was missed
  void onRead(NodeId node, boolean again) {
    gone.remove(node);
    lost.remove(node);
    if (again) {
      tellings.doubt();
    }
  }
}
