package dev.parley.config;

import java.util.List;

/// Who may enter the rooms whose name fits a pattern.
///
/// @param pattern a room name in which `{word}` stands for one or more characters, such as
///   `order_{id}`
/// @param admitted whoever fits one of these may enter; empty: nobody
public record RoomRule(String pattern, List<Admission> admitted) {
  public RoomRule {
    admitted = List.copyOf(admitted);
    Ensure.that(
        "rooms.rules", isPattern(pattern), "patterns of a room name's characters and {word}s");
    Ensure.that(
        "rooms.rules",
        !admitted.contains(new Admission.Self()) || pattern.contains("{user}"),
        "`self` only where the pattern has {user}");
    Ensure.that(
        "rooms.rules",
        !admitted.contains(new Admission.Pair())
            || (pattern.contains("{a}") && pattern.contains("{b}")),
        "`pair` only where the pattern has {a} and {b}");
  }

  private static boolean isPattern(String pattern) {
    return pattern.matches("([A-Za-z0-9._:@-]|\\{[a-z_]+})+");
  }
}
