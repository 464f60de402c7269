package dev.parley.protocol;

import java.util.Optional;

/// A log of its own order in the store: a room's, a user's, or that of the notifications for
/// several users. The prefix names the kind, so that streams of different kinds never meet.
public record StreamId(String value) {
  /// What [#slot()] tells apart; a power of two.
  public static final int SLOTS = 64;

  private static final int SLOT_SHIFT = 32 - Integer.numberOfTrailingZeros(SLOTS);
  private static final String ROOM = "room:";
  private static final String USER = "user:";
  private static final String NOTICES = "notices:";
  private static final String ROLE = NOTICES + "role:";

  /// Notifications for all.
  public static final StreamId NOTICES_FOR_ALL = new StreamId(NOTICES + "all");

  /// The records of all jobs.
  public static final StreamId JOBS = new StreamId("jobs");

  public static StreamId of(RoomName room) {
    return new StreamId(ROOM + room.value());
  }

  public static StreamId of(UserId user) {
    return new StreamId(USER + user.value());
  }

  /// Notifications for those with a role.
  public static StreamId noticesFor(String role) {
    return new StreamId(ROLE + role);
  }

  /// Whether it may hold notifications: those are its counted events.
  public boolean isForNotifications() {
    return value.startsWith(USER) || value.startsWith(NOTICES);
  }

  /// The role whose notifications these are, if they are a role's.
  public Optional<String> role() {
    return value.startsWith(ROLE) ? Optional.of(value.substring(ROLE.length())) : Optional.empty();
  }

  /// The room whose stream this is, if it is a room's.
  public Optional<RoomName> room() {
    return value.startsWith(ROOM)
        ? RoomName.parse(value.substring(ROOM.length()))
        : Optional.empty();
  }

  /// The user whose stream this is, if it is a user's.
  public Optional<UserId> user() {
    return value.startsWith(USER) ? UserId.parse(value.substring(USER.length())) : Optional.empty();
  }

  /// A number below [#SLOTS]. The same on every node and in every version: where it is stored in a
  /// shared store depends on it.
  public int slot() {
    return (value.hashCode() * 0x9E3779B9) >>> SLOT_SHIFT;
  }

  /// The same on every node, forever: ids of what is stored contain it. FNV-1a, and the finish of
  /// MurmurHash3, which spreads it.
  public long hash() {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = 0; i < value.length(); i++) {
      hash = (hash ^ value.charAt(i)) * 0x100_0000_01b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51_afd7_ed55_8ccdL;
    return hash ^ hash >>> 33;
  }

  @Override
  public String toString() {
    return value;
  }
}
