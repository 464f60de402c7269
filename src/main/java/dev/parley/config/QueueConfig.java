package dev.parley.config;

import java.time.Duration;

/// What waits for users who are away.
///
/// @param maxSize the newest events that wait for one user; older ones give way
/// @param maxBytes the same in bytes
/// @param lease for how long a connection that is fed keeps others from it without having confirmed
/// @param confirmInterval how often at most a connection is asked whether it has received what it
///   was sent
/// @param markInterval how often at most it is stored what a connection has received; a crash of
///   the node may repeat that much
public record QueueConfig(
    @Setting(value = "100", older = "MAX_QUEUE_SIZE") int maxSize,
    @Setting("8MiB") int maxBytes,
    @Setting("10s") Duration lease,
    @Setting("5s") Duration confirmInterval,
    @Setting("25s") Duration markInterval) {

  public QueueConfig {
    Ensure.between("queue.max_size", maxSize, 1, 1_000);
    Ensure.bytesBetween("queue.max_bytes", maxBytes, 1 << 10, 1 << 30);
    Ensure.between("queue.lease", lease, Duration.ofMillis(100), Duration.ofMinutes(10));
    Ensure.between(
        "queue.confirm_interval", confirmInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
    Ensure.between(
        "queue.mark_interval", markInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
  }
}
