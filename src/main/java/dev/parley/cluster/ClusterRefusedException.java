package dev.parley.cluster;

import dev.parley.protocol.NodeId;

/// This node cannot be one of the cluster; the message is one line for whoever started it.
public final class ClusterRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String line;

  private ClusterRefusedException(String line, Throwable cause) {
    super(line, cause);
    this.line = line;
  }

  public String line() {
    return line;
  }

  static ClusterRefusedException cannotStart(Throwable cause) {
    return new ClusterRefusedException("The cluster cannot be entered: " + cause, cause);
  }

  static ClusterRefusedException taken(NodeId node) {
    return new ClusterRefusedException(
        "Another node of the cluster is called " + node + ": give each its own node.id",
        new IllegalStateException("taken"));
  }
}
