package dev.parley.inbox;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.Topic;
import dev.parley.store.Receipt;
import dev.parley.store.StoredEvent;
import java.util.List;
import java.util.Optional;

/// What of one stream has not reached the user, ascending.
///
/// @param upTo the newest event looked at
record Part(StreamId stream, Position upTo, List<Waiting> waiting) {
  static Part of(
      StreamId stream, Position upTo, Topic topic, Receipt receipt, List<StoredEvent> ascending) {
    List<Waiting> waiting =
        ascending.stream()
            .filter(event -> event.seq() <= upTo.seq() && !receipt.covers(event.seq()))
            .map(event -> InboxEvents.waiting(topic, event))
            .flatMap(Optional::stream)
            .toList();
    return new Part(stream, upTo, waiting);
  }
}
