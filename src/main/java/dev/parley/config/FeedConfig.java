package dev.parley.config;

import java.time.Duration;

/// How events reach the sessions that want them, and how a loss is noticed.
///
/// @param pollInterval how often the change feed of the store is read
/// @param gapHold how long an event waits for its predecessor before the store is asked
/// @param tail newest events of a live room that are kept in memory
/// @param catchUps sessions of this node that read missed events at the same time
/// @param resumeEvents missed events of one room that a resume replays; beyond them the client
///   reloads
/// @param resumeBytes the same in bytes
public record FeedConfig(
    @Setting("1s") Duration pollInterval,
    @Setting("20ms") Duration gapHold,
    @Setting("64") int tail,
    @Setting("64") int catchUps,
    @Setting("10000") int resumeEvents,
    @Setting("8MiB") int resumeBytes) {

  public FeedConfig {
    Ensure.between(
        "feed.poll_interval", pollInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
    Ensure.between("feed.gap_hold", gapHold, Duration.ZERO, Duration.ofSeconds(5));
    Ensure.between("feed.tail", tail, 1, 10_000);
    Ensure.between("feed.catch_ups", catchUps, 1, 10_000);
    Ensure.between("feed.resume_events", resumeEvents, 1, 1_000_000);
    Ensure.bytesBetween("feed.resume_bytes", resumeBytes, 1 << 16, 1 << 30);
  }
}
