package dev.parley.config;

import java.util.Optional;

/// One kind of user whom a rule lets into a room.
public sealed interface Admission {
  /// Whoever presented a token (or, in development, came as a guest).
  record Authenticated() implements Admission {}

  /// Who was granted this room, by the claim `rooms` or by a stored grant.
  record Granted() implements Admission {}

  /// The user whose id stands at `{user}` in the pattern.
  record Self() implements Admission {}

  /// The two users whose ids stand at `{a}` and `{b}`, in this order.
  record Pair() implements Admission {}

  /// Who has the role.
  record Role(String name) implements Admission {
    public Role {
      Ensure.that("role", !name.isBlank(), "a name");
    }
  }

  /// Reads `authenticated`, `granted`, `self`, `pair` or `role:<name>`.
  static Optional<Admission> parse(String text) {
    return switch (text) {
      case "authenticated" -> Optional.of(new Authenticated());
      case "granted" -> Optional.of(new Granted());
      case "self" -> Optional.of(new Self());
      case "pair" -> Optional.of(new Pair());
      case String role when role.startsWith("role:") && role.length() > 5 ->
          Optional.of(new Role(role.substring(5)));
      default -> Optional.empty();
    };
  }
}
