package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is in a room and how they are, at one moment.
///
/// @param users the first 200 by id
/// @param total how many are in it
/// @param revision of two states that a node made of a room the later has the larger one
public record RoomState(RoomName room, List<Present> users, int total, long revision) {
  public RoomState {
    users = List.copyOf(users);
  }

  /// A member as the others see them.
  ///
  /// @param cursor where they pointed last; empty if nobody knows
  public record Present(
      Member member, PresenceStatus status, Optional<Cursor> cursor, Optional<Instant> lastSeen) {
    /// Somebody of whom nothing is known but that they are there.
    public static Present of(Member member) {
      return new Present(member, PresenceStatus.ONLINE, Optional.empty(), Optional.empty());
    }
  }

  /// Where somebody points.
  public record Cursor(double x, double y, Optional<String> cell) {}
}
