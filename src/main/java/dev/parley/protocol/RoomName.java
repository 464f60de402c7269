package dev.parley.protocol;

import java.util.Optional;

/// The name of a room: 1–128 of letters, digits and `. _ - : @`.
public record RoomName(String value) implements Comparable<RoomName> {
  /// The room in which every connection of an administrator is from its opening on.
  public static final RoomName ADMIN = new RoomName("admin");

  /// Samples of the machines.
  public static final RoomName SYSTEM_MONITORING = new RoomName("system_monitoring");

  /// What happens to jobs.
  public static final RoomName BACKGROUND_JOBS = new RoomName("background_jobs");

  /// The processing of everybody's documents.
  public static final RoomName ALL_DOCUMENT_UPDATES = new RoomName("all_document_updates");

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
