package dev.parley.protocol;

import java.util.Optional;

/// A job, as its application names it: 1–128 of letters, digits and `. _ - @ : | +`.
public record JobId(String value) {
  public JobId {
    if (!Names.isUserId(value)) {
      throw new IllegalArgumentException("not a job id: " + value);
    }
  }

  public static Optional<JobId> parse(String text) {
    return Names.isUserId(text) ? Optional.of(new JobId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
