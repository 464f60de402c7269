package dev.parley.notifications;

import dev.parley.protocol.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// What the id of a notification says: when it was made, and where it stands. A UUID of version 8
/// (RFC 9562), so that ids sort as they were made, those of one millisecond too, and a notification
/// is found without an index:
///
/// ```
/// 48 bits: milliseconds | version | 12 bits: microseconds | variant | 32 bits: seq | 30 bits: hash
/// ```
///
/// @param micros since 1970
/// @param seq its place in its stream
/// @param tag a hash of the stream's name, which tells it among those of a user; the notification
///   found there must bear this id
record NoticeId(long micros, long seq, long tag) {
  private static final long VERSION = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int TAG_BITS = 30;
  private static final long MAX_SEQ = (1L << 32) - 1;
  private static final int MICROS_A_MILLI = 1_000;

  static NoticeId of(StreamId stream, long seq, Instant at) {
    if (seq > MAX_SEQ) {
      throw new IllegalArgumentException("a stream with more than " + MAX_SEQ + " events");
    }
    return new NoticeId(ChronoUnit.MICROS.between(Instant.EPOCH, at), seq, tagOf(stream));
  }

  static Optional<NoticeId> parse(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      NoticeId id = of(uuid);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static NoticeId of(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits() & ~VARIANT;
    long micros = (high >>> 16) * MICROS_A_MILLI + (high & 0xfff);
    return new NoticeId(micros, low >>> TAG_BITS & MAX_SEQ, low & mask(TAG_BITS));
  }

  boolean isOf(StreamId stream) {
    return tag == tagOf(stream);
  }

  Instant at() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public String toString() {
    long millis = micros / MICROS_A_MILLI;
    long high = millis << 16 | VERSION | micros % MICROS_A_MILLI;
    long low = VARIANT | seq << TAG_BITS | tag;
    return new UUID(high, low).toString();
  }

  private static long tagOf(StreamId stream) {
    return stream.hash() & mask(TAG_BITS);
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
