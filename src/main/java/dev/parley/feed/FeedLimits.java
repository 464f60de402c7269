package dev.parley.feed;

import java.time.Duration;

/// What the feed may hold and cost.
///
/// @param gapHold how long an event waits for its predecessor before the store is asked
/// @param tail newest events of a room with sessions that a loop keeps
/// @param catchUps catch-ups of this node that read from the store at once
/// @param replayEvents more missed events of a room than this: the client starts anew
/// @param replayBytes more bytes of them than this: likewise
public record FeedLimits(
    Duration gapHold, int tail, int catchUps, int replayEvents, long replayBytes) {
  public static final FeedLimits DEFAULT =
      new FeedLimits(Duration.ofMillis(20), 64, 64, 10_000, 8L << 20);
}
