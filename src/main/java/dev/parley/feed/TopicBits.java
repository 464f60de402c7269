package dev.parley.feed;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// Topics as bits, so that a node can say in 128 KiB what it listens to. Two topics may share a
/// bit: then a node is told of something that it passes over.
final class TopicBits {
  static final int BITS = 1 << 20;
  static final int CHUNK_BITS = 1 << 10;
  static final int CHUNKS = BITS / CHUNK_BITS;
  private static final int CHUNK_BYTES = CHUNK_BITS / Byte.SIZE;

  private TopicBits() {}

  /// The bit of a topic; -1 for what everybody listens to. The same on every node and in every
  /// version.
  static int of(Topic topic) {
    return switch (topic) {
      case Topic.OfRoom(RoomName room) -> spread('r', room.value());
      case Topic.OfUser(UserId user) -> spread('u', user.value());
      case Topic.Named(TopicName name) -> spread('t', name.value());
      case Topic.Everyone _, Topic.OfRole _ -> -1;
    };
  }

  /// The upper 20 bits of the product.
  private static int spread(char kind, String name) {
    return ((name.hashCode() * 31 + kind) * 0x9E3779B9) >>> 12;
  }

  static String encode(long[] chunk) {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(chunk);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static long[] decode(String text) {
    long[] chunk = emptyChunk();
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(chunk);
    return chunk;
  }

  static long[] emptyChunk() {
    return new long[CHUNK_BITS / Long.SIZE];
  }

  static boolean isEmpty(long[] chunk) {
    return Arrays.stream(chunk).allMatch(word -> word == 0);
  }

  static void set(long[] chunk, int bit, boolean on) {
    int word = bit % CHUNK_BITS / Long.SIZE;
    chunk[word] = on ? chunk[word] | 1L << bit : chunk[word] & ~(1L << bit);
  }

  static boolean isSet(long[] chunk, int bit) {
    int inChunk = bit % CHUNK_BITS;
    return (chunk[inChunk / Long.SIZE] & 1L << inChunk) != 0;
  }
}
