package dev.parley.rooms;

import dev.parley.protocol.RoomName;
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
}
