package dev.parley.feed;

import dev.parley.cluster.Rows;
import dev.parley.protocol.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// What this node listens to, counted per bit, and said in its rows. Any thread may count.
final class OwnInterest {
  static final String PREFIX = "interest/";

  private final Rows rows;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(TopicBits.BITS);
  private final Map<Integer, long[]> chunks = new HashMap<>();

  OwnInterest(Rows rows) {
    this.rows = rows;
  }

  void add(Topic topic) {
    int bit = TopicBits.of(topic);
    if (bit >= 0 && counts.getAndIncrement(bit) == 0) {
      tell(bit);
    }
  }

  void remove(Topic topic) {
    int bit = TopicBits.of(topic);
    if (bit >= 0 && counts.decrementAndGet(bit) == 0) {
      tell(bit);
    }
  }

  /// Whoever comes last here has seen every change before.
  private synchronized void tell(int bit) {
    int number = bit / TopicBits.CHUNK_BITS;
    long[] chunk = chunks.computeIfAbsent(number, _ -> TopicBits.emptyChunk());
    TopicBits.set(chunk, bit, counts.get(bit) > 0);
    if (TopicBits.isEmpty(chunk)) {
      chunks.remove(number);
      rows.remove(PREFIX + number);
    } else {
      rows.put(PREFIX + number, TopicBits.encode(chunk));
    }
  }
}
