package dev.parley.feed;

import dev.parley.cluster.Rows;
import dev.parley.protocol.Topic;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// What this node listens to, counted per bit, and said in its rows. Any thread may count.
final class OwnInterest {
  static final String PREFIX = "interest/";

  private final Rows rows;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(TopicBits.BITS);

  OwnInterest(Rows rows) {
    this.rows = rows;
  }

  void add(Topic topic) {
    int bit = TopicBits.of(topic);
    if (bit >= 0 && counts.getAndIncrement(bit) == 0) {
      tell(bit / TopicBits.CHUNK_BITS);
    }
  }

  void remove(Topic topic) {
    int bit = TopicBits.of(topic);
    if (bit >= 0 && counts.decrementAndGet(bit) == 0) {
      tell(bit / TopicBits.CHUNK_BITS);
    }
  }

  /// Whoever comes last here has seen every change before.
  private synchronized void tell(int chunk) {
    long[] bits = new long[TopicBits.CHUNK_BITS / Long.SIZE];
    boolean any = false;
    for (int i = 0; i < TopicBits.CHUNK_BITS; i++) {
      if (counts.get(chunk * TopicBits.CHUNK_BITS + i) > 0) {
        bits[i / Long.SIZE] |= 1L << i;
        any = true;
      }
    }
    if (any) {
      rows.put(PREFIX + chunk, TopicBits.encode(bits));
    } else {
      rows.remove(PREFIX + chunk);
    }
  }
}
