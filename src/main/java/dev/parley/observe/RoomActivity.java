package dev.parley.observe;

import java.time.Instant;
import java.util.Optional;

/// What goes on in a room, since the start or since it was last forgotten.
///
/// @param messagesSent chat messages, broadcasts and what verticles sent
/// @param lastActivity when the last one was sent, or somebody came
/// @param usersPerHour who came, on average over about a day: a user counts with the first
///   connection
public record RoomActivity(long messagesSent, Optional<Instant> lastActivity, double usersPerHour) {
  public static final RoomActivity NONE = new RoomActivity(0, Optional.empty(), 0);

  /// What two nodes saw.
  public RoomActivity and(RoomActivity other) {
    return new RoomActivity(
        messagesSent + other.messagesSent,
        lastActivity
            .filter(at -> other.lastActivity.map(at::isAfter).orElse(true))
            .or(other::lastActivity),
        usersPerHour + other.usersPerHour);
  }
}
