package dev.parley.protocol;

import java.util.Locale;
import java.util.Optional;

/// Where a job stands.
public enum JobStatus {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The word on the wire.
  public String word() {
    return word;
  }

  /// Whether nothing can change any more.
  public boolean isFinal() {
    return switch (this) {
      case PENDING, RUNNING -> false;
      case COMPLETED, FAILED, CANCELLED -> true;
    };
  }

  public static Optional<JobStatus> parse(String word) {
    for (JobStatus status : values()) {
      if (status.word.equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
