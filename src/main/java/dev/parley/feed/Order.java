package dev.parley.feed;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Puts the durable events of one stream into order, each once. Pure; knows no time and no store.
///
/// What comes before its predecessor waits; whoever owns this looks at [#isBehind()] and fetches
/// what is missing.
final class Order {
  /// More that wait are dropped: they come again from the store.
  private static final int MAX_EARLY = 1_024;

  private final TreeMap<Long, Envelope> early = new TreeMap<>();
  private Position position;
  private long heardOf;

  Order(Position position) {
    this.position = position;
  }

  Position position() {
    return position;
  }

  /// Takes an event; passes on all that is in order now.
  void offer(Envelope envelope, Consumer<Envelope> next) {
    Stamp stamp = envelope.stamp().orElseThrow();
    if (stamp.seq() <= position.seq()) {
      return;
    }
    if (!stamp.follows(position)) {
      keep(stamp.seq(), envelope);
      return;
    }
    pass(envelope, stamp, next);
    passEarly(next);
  }

  /// What an event that waits here says is no longer to be told: the store has it without.
  void takeBack(ChatDeleted deletion) {
    early.values().removeIf(each -> deletion.takesBack(each.event()));
  }

  /// The stream is known to reach `seq`.
  void hearOf(long seq) {
    heardOf = Math.max(heardOf, seq);
  }

  long heardOf() {
    return heardOf;
  }

  /// Whether an event is known to exist that cannot be passed on yet.
  boolean isBehind() {
    return !early.isEmpty() || heardOf > position.seq();
  }

  /// The store has nothing after the position: whatever was heard of does not exist there.
  void settle() {
    early.clear();
    heardOf = position.seq();
  }

  /// Starts anew from another position: the history until now is gone.
  void reset(Position start) {
    position = start;
    early.headMap(start.seq(), true).clear();
    heardOf = 0;
  }

  private void keep(long seq, Envelope envelope) {
    heardOf = Math.max(heardOf, seq);
    if (early.size() < MAX_EARLY) {
      early.put(seq, envelope);
    }
  }

  private void passEarly(Consumer<Envelope> next) {
    while (!early.isEmpty()) {
      Envelope first = early.firstEntry().getValue();
      Stamp stamp = first.stamp().orElseThrow();
      boolean old = stamp.seq() <= position.seq();
      if (!old && !stamp.follows(position)) {
        return;
      }
      early.pollFirstEntry();
      if (!old) {
        pass(first, stamp, next);
      }
    }
  }

  private void pass(Envelope envelope, Stamp stamp, Consumer<Envelope> next) {
    position = stamp.position();
    next.accept(envelope);
  }
}
