package dev.parley.feed;

import dev.parley.cluster.Rows;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Topic;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/// What the other nodes listen to, as they said. A node of which not all is known is taken to
/// listen to everything. Any thread may ask.
final class OthersInterest {
  private final Rows rows;
  private final ConcurrentMap<NodeId, AtomicReferenceArray<long[]>> chunks =
      new ConcurrentHashMap<>();

  OthersInterest(Rows rows) {
    this.rows = rows;
    rows.onChange(this::onChange);
  }

  boolean wants(NodeId node, Envelope envelope) {
    AtomicReferenceArray<long[]> known = chunks.get(node);
    if (!rows.isCurrent(node)) {
      return true;
    }
    for (Topic topic : envelope.topics()) {
      int bit = TopicBits.of(topic);
      if (bit < 0 || (known != null && isSet(known, bit))) {
        return true;
      }
    }
    return false;
  }

  /// Whether the node said so; of a node that has not said all yet, what it has said counts.
  boolean hears(NodeId node, Topic topic) {
    AtomicReferenceArray<long[]> known = chunks.get(node);
    int bit = TopicBits.of(topic);
    return known != null && bit >= 0 && isSet(known, bit);
  }

  private static boolean isSet(AtomicReferenceArray<long[]> known, int bit) {
    long[] chunk = known.getAcquire(bit / TopicBits.CHUNK_BITS);
    return chunk != null && TopicBits.isSet(chunk, bit);
  }

  private void onChange(List<Rows.Change> changes) {
    changes.forEach(this::onChange);
  }

  private void onChange(Rows.Change change) {
    if (change.key().startsWith(OwnInterest.PREFIX)) {
      int chunk = Integer.parseInt(change.key().substring(OwnInterest.PREFIX.length()));
      set(change.node(), chunk, change.value());
    }
  }

  private void set(NodeId node, int chunk, Optional<String> value) {
    if (value.isPresent()) {
      chunks
          .computeIfAbsent(node, _ -> new AtomicReferenceArray<>(TopicBits.CHUNKS))
          .setRelease(chunk, TopicBits.decode(value.get()));
    } else {
      clear(node, chunk);
    }
  }

  /// With the last one the node's place goes: it may be gone itself.
  @SuppressWarnings("NullAway") // an empty place is null
  private void clear(NodeId node, int chunk) {
    AtomicReferenceArray<long[]> known = chunks.get(node);
    if (known == null) {
      return;
    }
    known.setRelease(chunk, null);
    if (IntStream.range(0, TopicBits.CHUNKS).allMatch(each -> known.get(each) == null)) {
      chunks.remove(node);
    }
  }
}
