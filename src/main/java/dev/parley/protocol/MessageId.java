package dev.parley.protocol;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the id of a chat message says: when it was posted, and where it stands. A UUID of version 7
/// (RFC 9562) whose other part is no random number but its place, so that a message is found by its
/// id without an index, and its id need not be kept:
///
/// ```
/// 48 bits: milliseconds | version | 12 bits: seq, high | variant | 28 bits: seq, low | 34 bits: hash
/// ```
///
/// @param seq its place in its room
/// @param tag a hash of the room's stream. The message found there must bear this id: a store that
///   lost its end gives the place to another
public record MessageId(long millis, long seq, long tag) {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int LOW_SEQ_BITS = 28;
  private static final int TAG_BITS = 34;
  private static final long MAX_SEQ = (1L << (12 + LOW_SEQ_BITS)) - 1;

  /// @param at when it was posted, in whole milliseconds
  public static MessageId of(RoomName room, long seq, Instant at) {
    if (seq > MAX_SEQ) {
      throw new IllegalArgumentException("a room with more than " + MAX_SEQ + " events");
    }
    return new MessageId(at.toEpochMilli(), seq, tagOf(room));
  }

  /// @return empty if no message has this id
  public static Optional<MessageId> parse(String text) {
    try {
      MessageId id = of(UUID.fromString(text));
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static MessageId of(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits() & ~VARIANT;
    long seq = (high & 0xfff) << LOW_SEQ_BITS | (low >>> TAG_BITS & mask(LOW_SEQ_BITS));
    return new MessageId(high >>> 16, seq, low & mask(TAG_BITS));
  }

  public boolean isIn(RoomName room) {
    return tag == tagOf(room);
  }

  @Override
  public String toString() {
    long high = millis << 16 | VERSION | seq >>> LOW_SEQ_BITS;
    long low = VARIANT | (seq & mask(LOW_SEQ_BITS)) << TAG_BITS | tag;
    return new UUID(high, low).toString();
  }

  private static long tagOf(RoomName room) {
    return StreamId.of(room).hash() & mask(TAG_BITS);
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
