package dev.parley.cluster;

import dev.parley.protocol.NodeId;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A server that has no others.
record Alone(NodeId self) implements Cluster, Registry {
  /// Nobody need ask: who sends to an address learns it at once.
  private static final Consumers ASSUMED =
      new Consumers(() -> Future.succeededFuture(true), UnaryOperator.identity(), System::nanoTime);

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

  @Override
  public Consumers consumers(String address) {
    return ASSUMED;
  }

  @Override
  public void keep(String address) {
    // There is nobody to forget it.
  }

  @Override
  public void close() {
    // Nothing is kept.
  }
}
