package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the id of a notification says: when it was made, and where it stands. A UUID of version 8
/// (RFC 9562), so that ids sort as they were made and a notification is found without an index:
///
/// ```
/// 48 bits: milliseconds | version | 12 + 20 bits: seq | variant | 42 bits: hash of the stream's name
/// ```
///
/// @param seq its place in its stream
/// @param tag tells its stream among those of a user; the notification found there must bear this
///   id
record NoticeId(long millis, long seq, long tag) {
  private static final long VERSION = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int TAG_BITS = 42;
  private static final int LOW_SEQ_BITS = 20;
  private static final long MAX_SEQ = (1L << 32) - 1;

  static NoticeId of(StreamId stream, long seq, Instant at) {
    if (seq > MAX_SEQ) {
      throw new IllegalArgumentException("a stream with more than " + MAX_SEQ + " events");
    }
    return new NoticeId(at.toEpochMilli(), seq, tagOf(stream));
  }

  static Optional<NoticeId> parse(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      boolean ours = uuid.version() == 8 && uuid.variant() == 2 && uuid.toString().equals(text);
      return ours ? Optional.of(of(uuid)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static NoticeId of(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits() & ~VARIANT;
    long seq = (high & 0xfff) << LOW_SEQ_BITS | low >>> TAG_BITS;
    return new NoticeId(high >>> 16, seq, low & mask(TAG_BITS));
  }

  boolean isOf(StreamId stream) {
    return tag == tagOf(stream);
  }

  @Override
  public String toString() {
    long high = millis << 16 | VERSION | seq >>> LOW_SEQ_BITS;
    long low = VARIANT | (seq & mask(LOW_SEQ_BITS)) << TAG_BITS | tag;
    return new UUID(high, low).toString();
  }

  /// FNV-1a, and the finish of MurmurHash3, which spreads it.
  private static long tagOf(StreamId stream) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    String name = stream.value();
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100_0000_01b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51_afd7_ed55_8ccdL;
    return (hash ^ hash >>> 33) & mask(TAG_BITS);
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
