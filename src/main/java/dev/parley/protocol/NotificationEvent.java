package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// About notifications. What they tell is kept. A new one has its place in the stream of its user
/// or in that of those for several; what was read has none.
public sealed interface NotificationEvent extends Event {
  @Override
  default boolean isKept() {
    return true;
  }

  record NotificationCreated(Notification notification) implements NotificationEvent {
    @Override
    public boolean isPressing() {
      return switch (notification.priority()) {
        case LOW, NORMAL -> false;
        case HIGH, URGENT -> true;
      };
    }
  }

  /// A user read or cleared some, on one of their connections: the others show it too.
  ///
  /// @param ids empty for all
  /// @param unread how many are unread now
  record NotificationsMarked(
      UserId user, Marking marking, List<String> ids, long unread, Instant at)
      implements NotificationEvent {
    public NotificationsMarked {
      ids = List.copyOf(ids);
    }
  }

  /// What was done with notifications.
  enum Marking {
    READ,
    CLEARED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire.
    public String word() {
      return word;
    }

    static Optional<Marking> parse(String word) {
      for (Marking marking : values()) {
        if (marking.word.equals(word)) {
          return Optional.of(marking);
        }
      }
      return Optional.empty();
    }
  }
}
