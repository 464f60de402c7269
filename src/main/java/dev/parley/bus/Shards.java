package dev.parley.bus;

import dev.parley.protocol.JobId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;

/// Which of a node's instances, and so which of its event loops, has a room or a user. All domains
/// agree on it, and so do the feed and the links to a shared store: what belongs to a room runs on
/// one loop, and waking another is what costs most of it.
///
/// @param count instances per domain, as many as event loops
public record Shards(int count) {
  public Shards {
    if (count < 1) {
      throw new IllegalArgumentException("shards " + count);
    }
  }

  public int of(RoomName room) {
    return of(StreamId.of(room));
  }

  public int of(UserId user) {
    return of(StreamId.of(user));
  }

  public int of(JobId job) {
    return spread(job.value());
  }

  /// By slot, as the links to a shared store; where the shards cannot have as many slots each, by
  /// the whole name.
  private int of(StreamId stream) {
    return StreamId.SLOTS % count == 0 ? stream.slot() % count : spread(stream.value());
  }

  private int spread(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return (hash >>> 1) % count;
  }
}
