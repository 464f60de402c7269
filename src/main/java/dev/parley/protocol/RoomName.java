package dev.parley.protocol;

import java.util.Optional;

/// The name of a room: 1–128 of letters, digits and `. _ - : @`.
public record RoomName(String value) implements Comparable<RoomName> {
  /// The room in which every connection of an administrator is from its opening on.
  public static final RoomName ADMIN = new RoomName("admin");

  public RoomName {
    if (!Names.isRoomName(value)) {
      throw new IllegalArgumentException("not a room name: " + value);
    }
  }

  public static Optional<RoomName> parse(String text) {
    return Names.isRoomName(text) ? Optional.of(new RoomName(text)) : Optional.empty();
  }

  @Override
  public int compareTo(RoomName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
