package dev.parley.protocol;

import java.util.Optional;

/// One connection of one client; unique in the cluster and never reused. It names its node.
public record ConnectionId(String value) implements Comparable<ConnectionId> {
  private static final char BEFORE_NUMBER = '-';

  /// @param number another one for each connection of the node
  public static ConnectionId of(NodeId node, long number) {
    return new ConnectionId(
        node.value() + BEFORE_NUMBER + Long.toString(number, Character.MAX_RADIX));
  }

  /// The node it is on; empty if this is no connection of any.
  public Optional<NodeId> node() {
    int end = value.lastIndexOf(BEFORE_NUMBER);
    return end > 0 ? Optional.of(new NodeId(value.substring(0, end))) : Optional.empty();
  }

  @Override
  public int compareTo(ConnectionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
