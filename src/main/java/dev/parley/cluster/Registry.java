package dev.parley.cluster;

/// Who consumes which address of the bus, on whichever node.
public interface Registry {
  Consumers consumers(String address);

  /// Has this node registered for an address that it consumes, as long as it is in the cluster.
  void keep(String address);

  /// The node leaves.
  void close();
}
