package dev.parley.protocol;

import java.util.Optional;

/// A log of its own order in the store: a room's or a user's. The prefix names the kind, so that
/// streams of different kinds never meet.
public record StreamId(String value) {
  private static final String ROOM = "room:";
  private static final String USER = "user:";

  /// The records of all jobs.
  public static final StreamId JOBS = new StreamId("jobs");

  public static StreamId of(RoomName room) {
    return new StreamId(ROOM + room.value());
  }

  public static StreamId of(UserId user) {
    return new StreamId(USER + user.value());
  }

  /// The room whose stream this is, if it is a room's.
  public Optional<RoomName> room() {
    return value.startsWith(ROOM)
        ? RoomName.parse(value.substring(ROOM.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
