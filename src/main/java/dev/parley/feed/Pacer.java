package dev.parley.feed;

import dev.parley.protocol.Pacing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Lets what is published about each key through at its pace: the first at once, then the newest
/// whenever the pace has passed, the last at once. For some time it remembers what it let through,
/// and stops what is older or the same. Pure; times are any rising count of nanoseconds. Belongs to
/// one thread.
///
/// @param <T> what is let through
final class Pacer<T> {
  /// What becomes of something.
  enum Verdict {
    /// To be sent at once.
    NOW,
    /// Likewise; what waited is gone.
    NOW_INSTEAD,
    /// It waits for [#due].
    LATER,
    /// Likewise; what waited is gone.
    LATER_INSTEAD,
    /// It is no news any more.
    STALE;

    boolean isNow() {
      return this == NOW || this == NOW_INSTEAD;
    }

    boolean replaces() {
      return this == NOW_INSTEAD || this == LATER_INSTEAD;
    }
  }

  private final int maxKeys;
  private final long memoryNanos;

  /// The key sent longest ago first.
  private final Map<Object, Beat<T>> beats = new LinkedHashMap<>();

  private final PriorityQueue<Beat<T>> queue =
      new PriorityQueue<>((one, other) -> Long.compare(one.dueAt - other.dueAt, 0));

  /// @param maxKeys remembered at once; what is about further keys passes unpaced
  /// @param memoryNanos how long a key is remembered after something was sent
  Pacer(int maxKeys, long memoryNanos) {
    this.maxKeys = maxKeys;
    this.memoryNanos = memoryNanos;
  }

  Verdict offer(Pacing pacing, T item, long now) {
    forget(now);
    Beat<T> beat = beats.get(pacing.key());
    if (beat == null) {
      return begin(pacing, now);
    }
    if (pacing.rank() <= beat.rank) {
      return Verdict.STALE;
    }
    boolean instead = beat.isWaiting();
    beat.rank = pacing.rank();
    if (now - beat.sentAt >= pacing.pace().toNanos()) {
      send(beat, now);
      return instead ? Verdict.NOW_INSTEAD : Verdict.NOW;
    }
    hold(beat, item, beat.sentAt + pacing.pace().toNanos());
    return instead ? Verdict.LATER_INSTEAD : Verdict.LATER;
  }

  /// What has waited long enough, to be sent now.
  List<T> due(long now) {
    List<T> due = new ArrayList<>();
    for (Beat<T> beat = queue.peek(); beat != null && now - beat.dueAt >= 0; beat = queue.peek()) {
      T item = beat.waiting;
      if (item != null) {
        due.add(item);
      }
      send(beat, now);
    }
    return due;
  }

  /// When [#due] is to be asked next; empty if nothing waits.
  OptionalLong nextDue() {
    Beat<T> first = queue.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueAt);
  }

  /// How many wait.
  int waiting() {
    return queue.size();
  }

  /// How many keys are remembered.
  int remembered() {
    return beats.size();
  }

  private Verdict begin(Pacing pacing, long now) {
    if (hasRoom()) {
      Beat<T> beat = new Beat<>(pacing.key());
      beat.rank = pacing.rank();
      beat.sentAt = now;
      beats.put(beat.key, beat);
    }
    return Verdict.NOW;
  }

  private boolean hasRoom() {
    if (beats.size() < maxKeys) {
      return true;
    }
    Beat<T> eldest = beats.values().iterator().next();
    return !eldest.isWaiting() && beats.remove(eldest.key, eldest);
  }

  private void hold(Beat<T> beat, T item, long dueAt) {
    boolean queued = beat.isWaiting();
    beat.waiting = item;
    if (!queued) {
      beat.dueAt = dueAt;
      queue.add(beat);
    }
  }

  private void send(Beat<T> beat, long now) {
    if (beat.isWaiting()) {
      queue.remove(beat);
      beat.waiting = null;
    }
    beat.sentAt = now;
    beats.remove(beat.key);
    beats.put(beat.key, beat);
  }

  private void forget(long now) {
    while (!beats.isEmpty()) {
      Beat<T> eldest = beats.values().iterator().next();
      if (eldest.isWaiting() || now - eldest.sentAt < memoryNanos) {
        return;
      }
      beats.remove(eldest.key);
    }
  }

  /// What is known of one key.
  private static final class Beat<T> {
    final Object key;
    long rank;
    long sentAt;
    long dueAt;
    @Nullable T waiting;

    Beat(Object key) {
      this.key = key;
    }

    boolean isWaiting() {
      return waiting != null;
    }
  }
}
