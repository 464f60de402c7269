package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is there, and where their pointer is. Ephemeral.
public sealed interface PresenceEvent extends Event {
  /// Why a presence is told.
  enum Cause {
    /// The user's first connection opened, or the last closed a while ago.
    CONNECTION,
    /// The user set a status.
    STATUS
  }

  record PresenceChanged(PresenceState state, Cause cause, Instant at) implements PresenceEvent {
    @Override
    public boolean isForParticipants() {
      return true;
    }

    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("presence", state.user()));
    }
  }

  record CursorMoved(
      RoomName room, UserId user, String username, double x, double y, Optional<String> cell)
      implements PresenceEvent {
    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("cursor", room, user));
    }
  }

  /// For administrators: what a user did.
  record UserActivity(String activity, UserId user, Optional<RoomName> room, Instant at)
      implements PresenceEvent {}
}
