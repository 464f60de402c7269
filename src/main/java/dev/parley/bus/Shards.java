package dev.parley.bus;

import dev.parley.protocol.JobId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;

/// Which of a node's instances has a room or a user.
///
/// @param count instances per domain, as many as event loops
public record Shards(int count) {
  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("shards " + count);
    }
  }

  public int of(RoomName room) {
    return of(room.value());
  }

  public int of(UserId user) {
    return of(user.value());
  }

  public int of(JobId job) {
    return of(job.value());
  }

  private int of(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return (hash >>> 1) % count;
  }
}
