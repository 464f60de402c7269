package dev.parley.protocol;

import java.time.Duration;

/// How often events about one thing may come to a session, however often they are published. Of
/// those that come faster only the newest is sent, when its time has come; what is older than what
/// was sent is not sent any more, whichever node it comes from.
///
/// @param key what the event is about
/// @param rank rises with each event about it, on all nodes
/// @param pace the least time between two of them; zero for the last one, which is sent at once in
///   place of any that waits, and is not dropped where others are
public record Pacing(Object key, long rank, Duration pace) {
  public Pacing {
    if (pace.isNegative()) {
      throw new IllegalArgumentException("pace " + pace);
    }
  }

  public static Pacing last(Object key, long rank) {
    return new Pacing(key, rank, Duration.ZERO);
  }

  public boolean isLast() {
    return pace.isZero();
  }
}
