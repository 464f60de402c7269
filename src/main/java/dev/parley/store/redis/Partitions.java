package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.StreamId;
import java.util.List;
import java.util.stream.IntStream;

/// The 64 parts of the store. A stream belongs to one of them by hash; all its keys begin with the
/// part's hash tag, so that they lie on one server even where Redis is split.
final class Partitions {
  static final int COUNT = 64;
  private static final int SHIFT = 32 - Integer.numberOfTrailingZeros(COUNT);

  private final List<byte[]> tags;

  /// @param prefix begins every key, within the braces
  Partitions(String prefix) {
    this.tags =
        IntStream.range(0, COUNT)
            .mapToObj(p -> ("{" + prefix + "." + p + "}").getBytes(UTF_8))
            .toList();
  }

  /// The same on every node and in every version: what is stored depends on it.
  static int of(StreamId stream) {
    return (stream.value().hashCode() * 0x9E3779B9) >>> SHIFT;
  }

  byte[] tag(int partition) {
    return tags.get(partition);
  }
}
