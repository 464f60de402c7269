package dev.parley.kit;

import dev.parley.cluster.Cluster;
import dev.parley.protocol.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A membership that does what it is told: nodes come, go, lose sight of each other and meet again.
/// Belongs to one thread.
public final class SimulatedCluster {
  private static final Comparator<NodeId> BY_AGE =
      Comparator.comparingInt(node -> Integer.parseInt(node.value().substring(1)));

  private final Map<NodeId, View> views = new HashMap<>();
  private final Map<NodeId, Integer> sides = new TreeMap<>(BY_AGE);

  /// As a node will see it.
  ///
  /// @param self `n<number>`, in the order of their ages
  public View view(NodeId self) {
    return views.computeIfAbsent(self, View::new);
  }

  public void add(NodeId node) {
    sides.put(node, 0);
    tellAll();
  }

  public void remove(NodeId node) {
    sides.remove(node);
    tellAll();
  }

  /// These see only each other, and the others too.
  public void split(Set<NodeId> apart) {
    sides.replaceAll((node, side) -> apart.contains(node) ? 1 : 0);
    tellAll();
  }

  public void heal() {
    split(Set.of());
  }

  private void tellAll() {
    sides.forEach((node, side) -> view(node).see(together(node, side)));
  }

  private Set<NodeId> together(NodeId self, int side) {
    Set<NodeId> others = new HashSet<>();
    sides.forEach(
        (node, theirs) -> {
          if (theirs == side && !node.equals(self)) {
            others.add(node);
          }
        });
    return others;
  }

  /// One node's.
  public static final class View implements Cluster {
    private final NodeId self;
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private Set<NodeId> others = Set.of();

    private View(NodeId self) {
      this.self = self;
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public Set<NodeId> others() {
      return others;
    }

    @Override
    public boolean isOldest() {
      return others.stream().allMatch(other -> BY_AGE.compare(self, other) < 0);
    }

    @Override
    public void onChange(Consumer<Change> listener) {
      listeners.add(listener);
    }

    private void see(Set<NodeId> now) {
      Set<NodeId> before = others;
      others = Set.copyOf(now);
      before.stream()
          .filter(node -> !now.contains(node))
          .forEach(node -> tell(new Change.Left(node)));
      now.stream()
          .filter(node -> !before.contains(node))
          .forEach(node -> tell(new Change.Joined(node)));
    }

    private void tell(Change change) {
      listeners.forEach(listener -> listener.accept(change));
    }
  }
}
