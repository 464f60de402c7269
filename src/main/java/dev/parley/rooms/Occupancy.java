package dev.parley.rooms;

import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/// How many members rooms have, on all nodes. Each shard writes the rooms that somebody of this
/// node is in; everybody reads.
public final class Occupancy {
  private static final int AT_ONCE = 1_000;

  private final NavigableMap<RoomName, Integer> counts = new ConcurrentSkipListMap<>();
  private final MembersElsewhere elsewhere;

  public Occupancy(MembersElsewhere elsewhere) {
    this.elsewhere = elsewhere;
  }

  public int members(RoomName room) {
    Integer known = counts.get(room);
    return known == null ? elsewhere.count(room) : known;
  }

  /// How many rooms have members of this node.
  public int rooms() {
    return counts.size();
  }

  /// How many rooms have members, of this node or another, by what they are for. Walks through all
  /// of them: not for an event loop.
  public Map<RoomKind, Long> countByKind() {
    Map<RoomKind, Long> numbers = new EnumMap<>(RoomKind.class);
    for (RoomKind kind : RoomKind.values()) {
      numbers.put(kind, 0L);
    }
    counts.keySet().forEach(room -> numbers.merge(RoomKind.of(room), 1L, Long::sum));
    for (List<RoomName> others = elsewhere.rooms(Optional.empty(), AT_ONCE);
        !others.isEmpty();
        others = elsewhere.rooms(Optional.of(others.getLast()), AT_ONCE)) {
      others.stream()
          .filter(room -> !counts.containsKey(room))
          .forEach(room -> numbers.merge(RoomKind.of(room), 1L, Long::sum));
    }
    return numbers;
  }

  /// Rooms with members, of this node or another, by name.
  ///
  /// @param after the last one to leave out
  List<RoomName> list(Optional<RoomName> after, int limit) {
    NavigableSet<RoomName> found = new TreeSet<>(elsewhere.rooms(after, limit));
    after.map(last -> counts.tailMap(last, false)).orElse(counts).keySet().stream()
        .limit(limit)
        .forEach(found::add);
    return found.stream().limit(limit).toList();
  }

  /// @param members 0 if nobody of this node is in it
  void set(RoomName room, int members) {
    if (members == 0) {
      counts.remove(room);
    } else {
      counts.put(room, members);
    }
  }

  /// How many rooms have members of this node, by what they are for. Walks through all of them.
  public Map<RoomKind, Long> roomsByKind() {
    Map<RoomKind, Long> numbers = new EnumMap<>(RoomKind.class);
    counts.keySet().forEach(room -> numbers.merge(RoomKind.of(room), 1L, Long::sum));
    return numbers;
  }
}
