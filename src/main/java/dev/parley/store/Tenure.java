package dev.parley.store;

import dev.parley.store.Records.StoredRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// One candidate for a [Duty]: what it knows, and what to do next. Pure; times are its own clock's,
/// as `System.nanoTime()`.
///
/// ```
/// Watching --the record is free, or stood still for its length, and was written--> Holding
/// Holding --somebody else wrote, or not renewed in time--> Watching
/// ```
///
/// Nobody's wall clock matters. A holder counts from before it sent its last write and stops a
/// margin early; the others count from when they first saw that write. So the holder has always
/// stopped before another begins, whatever is late or lost in between.
final class Tenure {
  /// The holder stops when so much of the length is left: clocks run differently, and what was
  /// begun must end.
  private static final int MARGIN_PART = 5;

  private final String self;
  private final Duration length;
  private State state = new Watching(Optional.empty());
  private int round;

  Tenure(String self, Duration length) {
    this.self = self;
    this.length = length;
  }

  /// What to ask of the store.
  sealed interface Step {
    record Look() implements Step {}

    /// @param expectedVersion of the record; 0: there is none
    /// @param round what was begun before a new start does not count after it
    record Write(long expectedVersion, Holder holder, int round) implements Step {}
  }

  private sealed interface State {}

  private record Watching(Optional<Seen> seen) implements State {}

  private record Holding(long version, long term, long until) implements State {}

  /// @param since when this version was seen first
  private record Seen(long version, Holder holder, long since) {
    boolean isSame(StoredRecord record, Holder now) {
      return version == record.version() && holder.equals(now);
    }

    boolean isOver(long now) {
      return holder.isFree() || now - since >= holder.length().toNanos();
    }
  }

  boolean isHeld(long now) {
    return state instanceof Holding held && now - held.until() < 0;
  }

  /// How often the duty had changed hands when it became this one's.
  OptionalLong term(long now) {
    return state instanceof Holding held && isHeld(now)
        ? OptionalLong.of(held.term())
        : OptionalLong.empty();
  }

  /// It is time to look after it again.
  Step next(long now) {
    if (state instanceof Holding held && isHeld(now)) {
      return renewal(held.version(), held.term());
    }
    if (state instanceof Holding) {
      startOver();
    }
    return new Step.Look();
  }

  /// @param record as it is now
  /// @return what to write, if it is nobody's any more
  Optional<Step.Write> onSeen(Optional<StoredRecord> record, long now) {
    if (record.isEmpty()) {
      return Optional.of(new Step.Write(0, new Holder(self, 1, length), round));
    }
    Seen seen = see(record.get(), now);
    return seen.isOver(now)
        ? Optional.of(renewal(seen.version(), seen.holder().term() + 1))
        : Optional.empty();
  }

  private Step.Write renewal(long version, long term) {
    return new Step.Write(version, new Holder(self, term, length), round);
  }

  private Seen see(StoredRecord record, long now) {
    Holder holder = Holder.of(record.value(), length);
    Seen seen =
        state instanceof Watching watching
            ? watching
                .seen()
                .filter(known -> known.isSame(record, holder))
                .orElseGet(() -> new Seen(record.version(), holder, now))
            : new Seen(record.version(), holder, now);
    state = new Watching(Optional.of(seen));
    return seen;
  }

  /// @param sentAt before it was sent
  void onWritten(Step.Write write, long version, long sentAt) {
    if (write.round() == round) {
      long kept = length.toNanos() - length.toNanos() / MARGIN_PART;
      state = new Holding(version, write.holder().term(), sentAt + kept);
    }
  }

  /// Somebody wrote in between. It may have been this one, whose answer was lost.
  ///
  /// @return what to write at once
  Optional<Step.Write> onStale(Step.Write write, Optional<StoredRecord> current, long now) {
    if (write.round() != round) {
      return Optional.empty();
    }
    if (isHeld(now) && current.isPresent() && isOwn(current.get(), write)) {
      return Optional.of(renewal(current.get().version(), write.holder().term()));
    }
    state = new Watching(Optional.empty());
    current.ifPresent(
        record -> {
          Seen _ = see(record, now);
        });
    return Optional.empty();
  }

  private boolean isOwn(StoredRecord record, Step.Write write) {
    return Holder.of(record.value(), length).equals(write.holder());
  }

  /// Nothing that was known counts any more.
  void startOver() {
    round++;
    state = new Watching(Optional.empty());
  }

  /// Ends it.
  ///
  /// @return what to write, so that nobody need wait
  Optional<Step.Write> giveUp(long now) {
    Optional<Step.Write> last =
        state instanceof Holding held && isHeld(now)
            ? Optional.of(
                new Step.Write(held.version(), new Holder("", held.term(), length), round))
            : Optional.empty();
    startOver();
    return last;
  }
}
