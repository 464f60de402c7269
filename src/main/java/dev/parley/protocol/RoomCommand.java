package dev.parley.protocol;

import dev.parley.protocol.PresenceCommand.SetPresence;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// About rooms and who is in them.
public sealed interface RoomCommand extends Command {
  /// Enters a room and listens to it from now on, or from the position last seen.
  ///
  /// @param presence the status to set once the caller is in
  record JoinRoom(RoomName room, Optional<Position> since, Optional<SetPresence> presence)
      implements RoomCommand, Barrier {
    public JoinRoom(RoomName room, Optional<Position> since) {
      this(room, since, Optional.empty());
    }
  }

  /// Leaves a room; ends the user's participation.
  record LeaveRoom(RoomName room) implements RoomCommand, Barrier {}

  /// Hears of a room without a word to anybody: what older clients subscribe to is a room, too.
  /// Needs the right to enter; makes no member and no participant of rooms for people.
  record WatchRoom(RoomName room) implements RoomCommand, Barrier {}

  /// Ends that.
  record UnwatchRoom(RoomName room) implements RoomCommand, Barrier {}

  /// A page of the members, by user id.
  ///
  /// @param limit 1–200
  /// @param after the last user of the page before
  record ListMembers(RoomName room, int limit, Optional<UserId> after)
      implements RoomCommand, RoomScoped {}

  /// The rooms in which the caller takes part.
  record ListRooms() implements RoomCommand {}

  /// The rooms in which the caller takes part, with their newest messages; the newest first. No
  /// dialect decodes to one. Answered by [Reply.Conversations].
  ///
  /// @param offset how many are passed over
  /// @param limit 1–1,000
  record ListConversations(int offset, int limit) implements RoomCommand {}

  /// The rooms with members that the caller may enter, by name. No dialect decodes to one. Answered
  /// by [Reply.ActiveRooms].
  ///
  /// @param limit 1–1,000
  /// @param after the last room of the page before
  record ListActiveRooms(int limit, Optional<RoomName> after) implements RoomCommand {}

  /// An application's own message to all members.
  ///
  /// @param event the application's name for it
  /// @param durable whether it enters the room's log
  record BroadcastToRoom(
      RoomName room, String event, JsonValue message, JsonValue data, boolean durable)
      implements RoomCommand, RoomScoped {}

  /// Enters an object of a verticle into the room's log; every dialect brings it as it was given
  /// ([CustomMessage]). No dialect decodes to one. Answered by [Reply.Recorded].
  record RecordMessage(RoomName room, JsonObject message) implements RoomCommand {}
}
