package dev.parley.cluster;

import dev.parley.protocol.NodeId;
import java.util.Set;
import java.util.function.Consumer;

/// The nodes, as this one sees them. Any thread may ask.
public interface Cluster {
  NodeId self();

  /// The other nodes that are there now. A node that hangs is among them until `cluster.dead_after`
  /// has passed.
  Set<NodeId> others();

  /// Whether no node has been there longer. Exactly one of those that see each other; another only
  /// when that one left.
  boolean isOldest();

  /// Hears of every later change: on any thread, never two at once, and in order.
  void onChange(Consumer<Change> listener);

  /// What became of a node.
  sealed interface Change {
    NodeId node();

    record Joined(NodeId node) implements Change {}

    /// It ended, hangs or cannot be reached; whichever, its rows count no more.
    record Left(NodeId node) implements Change {}
  }
}
