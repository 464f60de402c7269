package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happens to a room and its members.
public sealed interface RoomEvent extends Event {
  RoomName room();

  /// A user's first connection joined.
  ///
  /// @param members how many are there now
  record RoomJoined(RoomName room, Member member, int members, Instant at) implements RoomEvent {}

  /// A user's last connection left.
  record RoomLeft(RoomName room, Member member, int members, Instant at) implements RoomEvent {}

  /// What joined and left within a second in a large room.
  record MembersChanged(
      RoomName room, List<Member> joined, List<Member> left, int members, Instant at)
      implements RoomEvent {
    public MembersChanged {
      joined = List.copyOf(joined);
      left = List.copyOf(left);
    }
  }

  /// Somebody came or went, and this is how the room is now. For connections of this node whose
  /// dialect shows whole states; a later one replaces it.
  record RoomStateChanged(RoomState state) implements RoomEvent {
    @Override
    public RoomName room() {
      return state.room();
    }

    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("room_state", room()));
    }
  }

  /// An application's own message, of a client or a verticle. Durable if it was asked for so.
  record RoomMessage(
      RoomName room,
      UserId sender,
      String username,
      String event,
      JsonValue message,
      JsonValue data,
      Instant at)
      implements RoomEvent {
    /// How a message to all administrators is called, in the room of that name.
    public static final String ADMIN_BROADCAST = "admin_broadcast";
  }

  /// A user may enter. Durable; members see a marker only.
  record RoomGranted(RoomName room, UserId user, UserId by, Instant at) implements RoomEvent {}

  /// A user may not be here any more: nothing later of the room is written to them. Durable; others
  /// see a marker.
  record RoomRevoked(RoomName room, UserId user, UserId by, Instant at) implements RoomEvent {}

  /// The history that members followed is gone (a store lost data): reload. Goes to each as they
  /// are found behind.
  record RoomReset(RoomName room, Position position) implements RoomEvent {}

  /// This user takes part from now on. For the user's own sessions; no dialect has a word for it.
  record ParticipationBegan(RoomName room, UserId user) implements RoomEvent {}

  /// This user takes part no longer. For the user's own sessions; no dialect has a word for it.
  record ParticipationEnded(RoomName room, UserId user) implements RoomEvent {}

  /// Whom a durable change of rights names; empty for everything else.
  static Optional<UserId> revokedUser(Event event) {
    return event instanceof RoomRevoked revoked ? Optional.of(revoked.user()) : Optional.empty();
  }
}
