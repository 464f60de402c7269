package dev.parley.protocol;

import java.util.Optional;

/// A user, named by the `sub` of their token: 1–128 of letters, digits and `. _ - @ : | +`.
public record UserId(String value) implements Comparable<UserId> {
  public UserId {
    if (!Names.isUserId(value)) {
      throw new IllegalArgumentException("not a user id: " + value);
    }
  }

  public static Optional<UserId> parse(String text) {
    return Names.isUserId(text) ? Optional.of(new UserId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
