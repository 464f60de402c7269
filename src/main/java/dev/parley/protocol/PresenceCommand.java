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
