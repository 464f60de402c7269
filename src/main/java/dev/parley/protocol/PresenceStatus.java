package dev.parley.protocol;

import java.util.Locale;
import java.util.Optional;

/// What a user says of their availability.
public enum PresenceStatus {
  ONLINE,
  AWAY,
  BUSY,
  OFFLINE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word on the wire.
  public String word() {
    return word;
  }

  public static Optional<PresenceStatus> parse(String word) {
    for (PresenceStatus status : values()) {
      if (status.word.equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
