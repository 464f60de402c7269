package dev.parley.rooms;

import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many members rooms have, on all nodes. Each shard writes the rooms that somebody of this
/// node is in; everybody reads.
public final class Occupancy {
  private final Map<RoomName, Integer> counts = new ConcurrentHashMap<>();
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
