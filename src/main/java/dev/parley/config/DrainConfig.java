package dev.parley.config;

import java.time.Duration;

/// How a server that was told to stop lets its clients go.
///
/// @param delay how long it still accepts connections after it said that it is not ready, until
///   balancers know
/// @param window over how long the clients are then told to reconnect elsewhere (1012), paced
/// @param timeout how long it then waits for commands in flight
public record DrainConfig(
    @Setting("5s") Duration delay,
    @Setting("10s") Duration window,
    @Setting("5s") Duration timeout) {

  public DrainConfig {
    Ensure.between("drain.delay", delay, Duration.ZERO, Duration.ofMinutes(10));
    Ensure.between("drain.window", window, Duration.ZERO, Duration.ofMinutes(30));
    Ensure.between("drain.timeout", timeout, Duration.ZERO, Duration.ofMinutes(10));
  }

  /// The same, but with all clients told within a time, of which the delay has at most the half.
  public DrainConfig within(Duration time) {
    Duration half = time.dividedBy(2);
    Duration shorter = delay.compareTo(half) < 0 ? delay : half;
    return new DrainConfig(shorter, time.minus(shorter), timeout);
  }
}
