package dev.parley.protocol;

import java.time.Instant;
import java.util.Optional;

/// What is known of a user's presence.
///
/// @param lastSeen when they were last online; empty for users never seen
/// @param connections how many are open; 0 unless the asker may know
public record PresenceState(
    UserId user,
    String username,
    PresenceStatus status,
    Optional<String> statusMessage,
    Optional<String> location,
    Optional<Instant> lastSeen,
    int connections) {

  public static PresenceState unknown(UserId user) {
    return new PresenceState(
        user,
        user.value(),
        PresenceStatus.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
