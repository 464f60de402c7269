package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  private static final String DOCUMENT_UPDATES = "document_updates_";
  private static final String HASH = ":";
  private static final int HASH_BYTES = 16;

  public RoomName {
    if (!Names.isRoomName(value)) {
      throw new IllegalArgumentException("not a room name: " + value);
    }
  }

  /// The processing of one user's documents: `document_updates_{user}`. Where no room can be named
  /// after the user, because the id has characters that names of rooms have not, or is too long, it
  /// bears a `:` and a hash of the id instead.
  public static RoomName ofDocuments(UserId user) {
    String id = user.value();
    Optional<RoomName> plain = isHash(id) ? Optional.empty() : parse(DOCUMENT_UPDATES + id);
    return plain.orElseGet(() -> new RoomName(DOCUMENT_UPDATES + HASH + hash(id)));
  }

  /// Whether it is a room of [#ofDocuments] that bears a hash.
  public boolean isOfHashedUser() {
    return value.startsWith(DOCUMENT_UPDATES) && isHash(value.substring(DOCUMENT_UPDATES.length()));
  }

  private static boolean isHash(String id) {
    return id.startsWith(HASH);
  }

  private static String hash(String id) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
