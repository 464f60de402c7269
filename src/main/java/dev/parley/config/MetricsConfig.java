package dev.parley.config;

import java.time.Duration;

/// Meters, and samples of the machine.
///
/// @param enabled whether `/metrics` is served, in the format of Prometheus
/// @param interval how often each node samples its machine while somebody subscribes to that
public record MetricsConfig(@Setting("true") boolean enabled, @Setting("5s") Duration interval) {
  public MetricsConfig {
    Ensure.between("metrics.interval", interval, Duration.ofSeconds(1), Duration.ofHours(1));
  }
}
