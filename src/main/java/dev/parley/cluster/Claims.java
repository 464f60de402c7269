package dev.parley.cluster;

import dev.parley.cluster.Tellings.Turned;
import dev.parley.protocol.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /// In which turn a node came, or was last heard when all that it had said was known.
  private final Map<NodeId, Long> heard = new HashMap<>();

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
  /// @param current whether nothing is known to be missing of what the others say
  /// @return the keys to settle
  List<String> turn(boolean current) {
    boolean oldest = cluster.isOldest();
    if (oldest && !gone.isEmpty()) {
      lost.addAll(gone);
      gone.clear();
    }
    return tellings.turn(this::isSaid, new Tellings.Sight(oldest, current, completeTurn()));
  }

  /// What the others told before it is known. They are few.
  private long completeTurn() {
    return replicas.nodes().stream()
        .mapToLong(node -> heard.getOrDefault(node, 0L))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /// Whether some may have heard something else than that a key is said, or not, as it was.
  boolean isInDoubt(String key, boolean says) {
    return key.startsWith(prefix) && tellings.isInDoubt(key, says);
  }

  Optional<Untold> settle(String key) {
    return tellings.settle(key, isSaid(key));
  }

  private boolean isSaid(String key) {
    return own.says(key) || replicas.say(key);
  }

  void onJoined(NodeId node) {
    heard.putIfAbsent(node, tellings.now());
  }

  /// After it the oldest node may be another.
  void onLeft(NodeId node) {
    if (gone.size() + lost.size() < MAX_GONE) {
      gone.add(node);
    }
    heard.remove(node);
    tellings.lookAgain();
  }

  /// A node was heard, and nothing is missing of what it said before.
  void onHeard(NodeId node) {
    heard.put(node, tellings.now());
  }

  /// All that a node says was read. What it told since it was heard last is not known, nor did this
  /// one know it when it told something itself.
  void onRead(NodeId node) {
    gone.remove(node);
    lost.remove(node);
    tellings.doubt(heard.getOrDefault(node, 0L));
    onHeard(node);
  }
}
