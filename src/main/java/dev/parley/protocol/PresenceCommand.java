package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/// About who is there.
public sealed interface PresenceCommand extends Command {
  /// Sets the caller's status, for all of their connections. Never `OFFLINE`: closing does that.
  record SetPresence(
      PresenceStatus status, Optional<String> statusMessage, Optional<String> location)
      implements PresenceCommand {}

  /// Asks for the presence of up to 200 users.
  record GetPresence(List<UserId> users) implements PresenceCommand {
    public GetPresence {
      users = List.copyOf(users);
    }
  }

  /// The users who are online, by id. No dialect decodes to one. Answered by [Reply.UsersOnline].
  ///
  /// @param after the last user of the page before
  /// @param limit 1–10,000
  record ListOnline(Optional<UserId> after, int limit) implements PresenceCommand {}

  /// Moves the caller's pointer.
  record MoveCursor(RoomName room, double x, double y, Optional<String> cell)
      implements PresenceCommand, RoomScoped {
    @Override
    public boolean isEphemeral() {
      return true;
    }
  }

  /// A connection of the caller is open; sent by its session.
  record ConnectionOpened(String dialect) implements PresenceCommand {}

  /// A connection of the caller is gone; sent by its session.
  record ConnectionClosed(String dialect) implements PresenceCommand {}
}
