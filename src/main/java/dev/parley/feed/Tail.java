package dev.parley.feed;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// The newest durable events of a topic, without gaps, up to the position delivered.
///
/// They are kept as the log keeps them, which is two objects each and not the dozens of an event:
/// most of them are never asked for, and all are in the way of every collection until others have
/// followed.
final class Tail {
  /// No message has this seq.
  private static final long NO_MESSAGE = -1;

  private final ArrayDeque<Kept> events = new ArrayDeque<>(4);
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
    Stamp stamp = envelope.stamp().orElseThrow();
    if (envelope.event() instanceof ChatDeleted deletion) {
      takeBack(deletion.messageSeq());
    }
    Kept event = keep(envelope, stamp);
    events.addLast(event);
    end = event.position();
    if (events.size() > length) {
      start = events.removeFirst().position();
    }
  }

  /// Whoever comes later reads from the store, which has only that there was a message.
  private void takeBack(long message) {
    while (events.stream().anyMatch(each -> each.message() == message)) {
      start = events.removeFirst().position();
    }
  }

  private Kept keep(Envelope envelope, Stamp stamp) {
    return new Kept(
        stamp.seq(),
        stamp.number(),
        shared(stamp.position().epoch()),
        shared(stamp.previousEpoch()),
        messageIn(envelope, stamp),
        envelope.payload().orElseGet(() -> EventJson.encode(envelope.event())));
  }

  /// The name of a stretch is read anew with each event.
  private String shared(String epoch) {
    return epoch.equals(end.epoch()) ? end.epoch() : epoch;
  }

  private static long messageIn(Envelope envelope, Stamp stamp) {
    return switch (envelope.event()) {
      case ChatPosted _ -> stamp.seq();
      case ChatEdited edited -> edited.messageSeq();
      default -> NO_MESSAGE;
    };
  }

  /// Whether all events after `position` are here, and `position` is one of this history.
  boolean covers(Position position) {
    if (position.equals(start)) {
      return true;
    }
    if (position.seq() <= start.seq() || position.seq() > end.seq()) {
      return false;
    }
    for (Kept event : events) {
      if (event.isAt(position)) {
        return true;
      }
    }
    return false;
  }

  void forEachAfter(long seq, Consumer<Kept> consumer) {
    for (Kept event : events) {
      if (event.seq() > seq) {
        consumer.accept(event);
      }
    }
  }

  /// An event with what its stamp says.
  ///
  /// @param message the seq of the message whose text it has
  /// @param payload as the log keeps it
  record Kept(
      long seq, long number, String epoch, String previousEpoch, long message, byte[] payload) {
    Stamp stamp() {
      return new Stamp(position(), previousEpoch, number);
    }

    private Position position() {
      return new Position(epoch, seq);
    }

    private boolean isAt(Position position) {
      return position.seq() == seq && position.epoch().equals(epoch);
    }
  }
}
