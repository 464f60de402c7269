package dev.parley.protocol;

/// About how the server's machines stand.
public sealed interface MetricsCommand extends Command {
  /// Hears of every sample from now on. Answered by [Reply.Sampled]: the newest, so that nobody
  /// waits for the next.
  record WatchMetrics() implements MetricsCommand, Barrier {}

  /// Hears of none any more.
  record UnwatchMetrics() implements MetricsCommand, Barrier {}

  /// The newest sample of the node that is asked. Answered by [Reply.Sampled].
  record ReadMetrics() implements MetricsCommand {}
}
