package dev.parley.protocol;

/// What the gate asks of the rooms for its sessions. No dialect decodes to one.
public sealed interface MembershipCommand extends Command {
  /// Why a room is entered.
  enum Purpose {
    /// To be a member: creates the room and makes a participant.
    JOIN,
    /// To post: the same, without a word to the caller.
    SEND,
    /// To hear only: as `JOIN` where the server alone speaks, but in a room for people neither a
    /// member nor a participant.
    WATCH,
    /// For one command only: neither creates the room nor makes a participant.
    USE
  }

  /// May the caller enter? Answered by [Reply.Entered].
  record EnterRoom(RoomName room, Purpose purpose) implements MembershipCommand, RoomScoped {}

  /// The caller's connection listens now; counts it and tells the other members. Answered by
  /// [Reply.Arrived].
  ///
  /// @param showsState whether it is shown the whole state of the room, now and after each change
  record Arrive(RoomName room, boolean showsState) implements MembershipCommand, RoomScoped {}

  /// The caller's connection is out of the room.
  ///
  /// @param explicit the user asked for it, which ends the participation
  record Depart(RoomName room, boolean explicit) implements MembershipCommand, RoomScoped {}

  /// The rooms in which a user takes part. Answered by [Reply.Participations].
  record ListParticipations(UserId user) implements MembershipCommand {}

  /// Grants a room to a user, or takes the grant back. Of an administrator; verticles ask as
  /// [Caller#SERVER].
  record SetGrant(RoomName room, UserId user, boolean granted)
      implements MembershipCommand, RoomScoped {}
}
