package dev.parley.protocol;

import java.util.Set;

/// Which connections a message is for.
public sealed interface Recipients {
  record OneConnection(ConnectionId connection) implements Recipients {}

  /// All connections of a user.
  record OneUser(UserId user) implements Recipients {}

  /// All connections joined in a room.
  record InRoom(RoomName room, Set<ConnectionId> except) implements Recipients {
    public InRoom {
      except = Set.copyOf(except);
    }
  }

  /// All authenticated connections that meet every condition; an empty set is no condition.
  ///
  /// @param roles the user has one of them
  /// @param rooms the connection joined one of them
  /// @param dialects the connection speaks one of them
  /// @param excludedUsers these never
  record Matching(
      Set<String> roles,
      Set<UserId> users,
      Set<RoomName> rooms,
      Set<String> dialects,
      Set<UserId> excludedUsers)
      implements Recipients {
    public Matching {
      roles = Set.copyOf(roles);
      users = Set.copyOf(users);
      rooms = Set.copyOf(rooms);
      dialects = Set.copyOf(dialects);
      excludedUsers = Set.copyOf(excludedUsers);
    }
  }

  /// All connections that get a notification.
  record Hearing(Notification notification) implements Recipients {}
}
