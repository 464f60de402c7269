package dev.parley.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who asks: an authenticated user (or a verticle acting for one), with what their token says.
/// Travels with every command. One instance is shared by all that a connection sends.
///
/// @param rooms names or patterns of rooms that the token grants
/// @param connection the connection asked from; empty for a verticle or REST
public record Caller(
    UserId user,
    String username,
    Optional<String> email,
    Set<String> roles,
    List<String> rooms,
    boolean anonymous,
    Optional<ConnectionId> connection) {
  private static final String ADMIN = "admin";

  /// The server itself, which may ask everything.
  public static final Caller SERVER =
      new Caller(
          new UserId("parley"),
          "parley",
          Optional.empty(),
          Set.of(ADMIN),
          List.of(),
          false,
          Optional.empty());

  public Caller {
    roles = Set.copyOf(roles);
    rooms = List.copyOf(rooms);
  }

  /// A caller known by id alone, as verticles name their users.
  public static Caller of(UserId user) {
    return new Caller(
        user, user.value(), Optional.empty(), Set.of(), List.of(), false, Optional.empty());
  }

  /// Somebody without a token.
  public static Caller guest(UserId user) {
    return new Caller(
        user, user.value(), Optional.empty(), Set.of(), List.of(), true, Optional.empty());
  }

  public boolean isAdmin() {
    return roles.contains(ADMIN);
  }

  public boolean hasRole(String role) {
    return roles.contains(role);
  }

  public boolean is(UserId other) {
    return user.equals(other);
  }

  public Caller on(ConnectionId id) {
    return new Caller(user, username, email, roles, rooms, anonymous, Optional.of(id));
  }

  public Caller named(String name) {
    return new Caller(user, name, email, roles, rooms, anonymous, connection);
  }
}
