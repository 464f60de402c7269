package dev.parley.feed;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// The newest durable events of a topic, without gaps, up to the position delivered.
final class Tail {
  private final ArrayDeque<Envelope> events = new ArrayDeque<>(4);
  private final int length;
  private Position start;
  private Position end;

  Tail(Position position, int length) {
    this.length = length;
    this.start = position;
    this.end = position;
  }

  Position end() {
    return end;
  }

  void add(Envelope envelope) {
    if (envelope.event() instanceof ChatDeleted deletion) {
      takeBack(deletion);
    }
    events.addLast(envelope);
    end = stampOf(envelope).position();
    if (events.size() > length) {
      start = stampOf(events.removeFirst()).position();
    }
  }

  /// Whoever comes later reads from the store, which has only that there was a message.
  private void takeBack(ChatDeleted deletion) {
    while (events.stream().anyMatch(each -> deletion.takesBack(each.event()))) {
      start = stampOf(events.removeFirst()).position();
    }
  }

  /// Whether all events after `position` are here, and `position` is one of this history.
  boolean covers(Position position) {
    if (position.equals(start)) {
      return true;
    }
    if (position.seq() <= start.seq() || position.seq() > end.seq()) {
      return false;
    }
    for (Envelope envelope : events) {
      if (stampOf(envelope).position().equals(position)) {
        return true;
      }
    }
    return false;
  }

  void forEachAfter(long seq, Consumer<Envelope> consumer) {
    for (Envelope envelope : events) {
      if (stampOf(envelope).seq() > seq) {
        consumer.accept(envelope);
      }
    }
  }

  private static Stamp stampOf(Envelope envelope) {
    return envelope.stamp().orElseThrow();
  }
}
