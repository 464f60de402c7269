package dev.parley.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What happens to jobs. Ephemeral: the job itself is kept.
public sealed interface JobEvent extends Event {
  /// The least time between two events of a job that goes on.
  Duration PACE = Duration.ofMillis(250);

  /// @param change what is new about it
  record JobUpdated(Job job, Change change) implements JobEvent {
    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(key());
    }

    /// In the order of the job's updates: each has a later time than the one before.
    @Override
    public Optional<Pacing> pacing() {
      Duration pace = change.isLast() ? Duration.ZERO : PACE;
      return Optional.of(new Pacing(key(), job.updatedAt().toEpochMilli(), pace));
    }

    /// The job is kept; of how it ended everybody is to hear.
    @Override
    public boolean isKept() {
      return change.isLast();
    }

    private Object key() {
      return List.of("job", job.id());
    }
  }

  /// What became of a job.
  enum Change {
    CREATED,
    UPDATED,
    COMPLETED,
    FAILED,
    CANCELLED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word on the wire.
    public String word() {
      return word;
    }

    /// Whether nothing follows: every subscriber is to hear of it.
    public boolean isLast() {
      return this != CREATED && this != UPDATED;
    }

    static Optional<Change> parse(String word) {
      for (Change change : values()) {
        if (change.word.equals(word)) {
          return Optional.of(change);
        }
      }
      return Optional.empty();
    }
  }
}
