package dev.parley.presence;

import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.Rejection;
import java.util.Optional;

/// What a user may say of their presence.
final class StatusRules {
  static final int MAX_TEXT_CHARS = 256;

  private StatusRules() {}

  /// Why it may not be said; empty if it may.
  static Optional<Rejection> refuse(SetPresence said) {
    if (said.status() == PresenceStatus.OFFLINE) {
      return Optional.of(
          Rejection.invalid("status", "offline comes by itself when the last connection closes"));
    }
    if (isTooLong(said.statusMessage())) {
      return Optional.of(tooLong("status_message"));
    }
    return isTooLong(said.location()) ? Optional.of(tooLong("location")) : Optional.empty();
  }

  private static boolean isTooLong(Optional<String> text) {
    return text.filter(value -> value.length() > MAX_TEXT_CHARS).isPresent();
  }

  private static Rejection tooLong(String field) {
    return Rejection.invalid(field, field + " has at most " + MAX_TEXT_CHARS + " characters");
  }
}
