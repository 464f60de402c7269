package dev.parley.presence;

import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What a user said of their availability. Of two, the later counts, as a whole.
///
/// @param username what the user is called
/// @param at when, to the millisecond
record Statement(
    String username,
    PresenceStatus status,
    Optional<String> statusMessage,
    Optional<String> location,
    Instant at) {

  Statement {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /// What counts while the user has said nothing.
  static Statement none(String username, Instant at) {
    return new Statement(username, PresenceStatus.ONLINE, Optional.empty(), Optional.empty(), at);
  }

  static Statement of(SetPresence said, String username, Instant at) {
    return new Statement(
        username,
        said.status(),
        said.statusMessage().filter(text -> !text.isEmpty()),
        said.location().filter(text -> !text.isEmpty()),
        at);
  }
}
