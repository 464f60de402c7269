package dev.parley.rooms;

import dev.parley.protocol.RoomName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many members the rooms of this node have. Each shard writes its own rooms; everybody reads.
public final class Occupancy {
  private final Map<RoomName, Integer> counts = new ConcurrentHashMap<>();

  public int members(RoomName room) {
    return counts.getOrDefault(room, 0);
  }

  /// How many rooms have members.
  public int rooms() {
    return counts.size();
  }

  void set(RoomName room, int members) {
    if (members == 0) {
      counts.remove(room);
    } else {
      counts.put(room, members);
    }
  }
}
