package dev.parley.observe;

import dev.parley.protocol.NodeId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The figures of all nodes that answered.
///
/// @param own of the node that asked
/// @param others by their ids
public record AllFigures(NodeFigures own, Map<NodeId, NodeFigures> others) {
  public AllFigures {
    others = Map.copyOf(others);
  }

  public static AllFigures of(NodeFigures own, List<NodeFigures> others) {
    Map<NodeId, NodeFigures> byNode = new HashMap<>();
    others.forEach(each -> byNode.put(each.node(), each));
    return new AllFigures(own, byNode);
  }

  /// Each node's, by its id.
  public SortedMap<NodeId, NodeFigures> byNode() {
    SortedMap<NodeId, NodeFigures> all = new TreeMap<>(Comparator.comparing(NodeId::value));
    all.putAll(others);
    all.put(own.node(), own);
    return all;
  }

  /// Added up, in the name of the node that asked ([NodeFigures#and]).
  public NodeFigures together() {
    return others.values().stream().reduce(own, NodeFigures::and);
  }
}
