package dev.parley.cluster;

import dev.parley.protocol.NodeId;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/// What this node knows of the rows of all others. Nodes come and go on one thread; any may read.
final class Replicas {
  /// After every character that a key may have.
  private static final String END = "\uffff";

  /// In one order, so that two walks through them find the same.
  private final ConcurrentMap<NodeId, Replica> replicas =
      new ConcurrentSkipListMap<>((one, other) -> one.value().compareTo(other.value()));

  Replica findOrAdd(NodeId node, Object lock, Replica.Witness witness) {
    return replicas.computeIfAbsent(node, _ -> new Replica(lock, witness));
  }

  Optional<Replica> find(NodeId node) {
    return Optional.ofNullable(replicas.get(node));
  }

  boolean has(NodeId node, Replica replica) {
    return replicas.get(node) == replica;
  }

  Optional<Replica> remove(NodeId node) {
    return Optional.ofNullable(replicas.remove(node));
  }

  Set<NodeId> nodes() {
    return replicas.keySet();
  }

  void forEach(BiConsumer<NodeId, Replica> each) {
    replicas.forEach(each);
  }

  boolean say(String key) {
    return replicas.values().stream().anyMatch(replica -> replica.rows().containsKey(key));
  }

  /// Whether any says it but one.
  boolean sayBesides(NodeId node, String key) {
    return replicas.entrySet().stream()
        .anyMatch(
            entry -> !entry.getKey().equals(node) && entry.getValue().rows().containsKey(key));
  }

  Optional<String> of(NodeId node, String key) {
    return find(node).map(replica -> replica.rows().get(key)).map(Row::value);
  }

  Optional<String> any(String key) {
    for (Replica replica : replicas.values()) {
      Row row = replica.rows().get(key);
      if (row != null) {
        return Optional.of(row.value());
      }
    }
    return Optional.empty();
  }

  Map<NodeId, String> all(String key) {
    Map<NodeId, String> found = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    replicas.forEach(
        (node, replica) ->
            Optional.ofNullable(replica.rows().get(key))
                .ifPresent(row -> found.put(node, row.value())));
    return found;
  }

  SortedMap<String, String> list(String prefix, String after, int limit) {
    TreeMap<String, String> found = new TreeMap<>();
    for (Replica replica : replicas.values()) {
      replica.rows().subMap(after, false, prefix + END, false).entrySet().stream()
          .limit(limit)
          .forEach(entry -> found.putIfAbsent(entry.getKey(), entry.getValue().value()));
    }
    while (found.size() > limit) {
      found.pollLastEntry();
    }
    return found;
  }

  /// What several say is counted with the last of them.
  int count(String prefix) {
    int count = 0;
    for (Map.Entry<NodeId, Replica> entry : replicas.entrySet()) {
      NavigableMap<String, Row> under =
          entry.getValue().rows().subMap(prefix, true, prefix + END, false);
      for (String key : under.keySet()) {
        if (!isSaidAfter(entry.getKey(), key)) {
          count++;
        }
      }
    }
    return count;
  }

  private boolean isSaidAfter(NodeId node, String key) {
    boolean after = false;
    for (Map.Entry<NodeId, Replica> entry : replicas.entrySet()) {
      if (after && entry.getValue().rows().containsKey(key)) {
        return true;
      }
      after |= entry.getKey().equals(node);
    }
    return false;
  }
}
