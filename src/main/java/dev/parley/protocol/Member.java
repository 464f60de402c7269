package dev.parley.protocol;

import java.util.Optional;

/// A user with a joined connection in a room.
public record Member(UserId user, String username, Optional<String> email) {
  public static Member of(Caller caller) {
    return new Member(caller.user(), caller.username(), caller.email());
  }
}
