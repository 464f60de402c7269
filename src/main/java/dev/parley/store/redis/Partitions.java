package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.StreamId;
import java.util.List;
import java.util.stream.IntStream;

/// The parts of the store. A stream belongs to that of its slot; all its keys begin with the part's
/// hash tag, so that they lie on one server even where Redis is split.
final class Partitions {
  static final int COUNT = StreamId.SLOTS;

  private final List<byte[]> tags;

  /// @param prefix begins every key, within the braces
  Partitions(String prefix) {
    this.tags =
        IntStream.range(0, COUNT)
            .mapToObj(p -> ("{" + prefix + "." + p + "}").getBytes(UTF_8))
            .toList();
  }

  static int of(StreamId stream) {
    return stream.slot();
  }

  byte[] tag(int partition) {
    return tags.get(partition);
  }
}
