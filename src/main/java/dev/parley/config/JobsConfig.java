package dev.parley.config;

import java.time.Duration;

/// Work that applications tell of.
///
/// @param keep how long a job is kept after its last update
public record JobsConfig(@Setting("24h") Duration keep) {
  public JobsConfig {
    Ensure.between("jobs.keep", keep, Duration.ofMinutes(1), Duration.ofDays(365));
  }
}
