package dev.parley.cluster;

import dev.parley.protocol.NodeId;
import java.util.Set;
import java.util.function.Consumer;

/// A server that has no others.
record Alone(NodeId self) implements Cluster {
  @Override
  public Set<NodeId> others() {
    return Set.of();
  }

  @Override
  public boolean isOldest() {
    return true;
  }

  @Override
  public void onChange(Consumer<Change> listener) {
    // Nothing ever changes.
  }
}
