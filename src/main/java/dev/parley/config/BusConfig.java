package dev.parley.config;

import java.time.Duration;

/// The event bus between the parts of the house.
///
/// @param requestTimeout how long a request may remain unanswered
public record BusConfig(@Setting("5s") Duration requestTimeout) {
  public BusConfig {
    Ensure.between(
        "bus.request_timeout", requestTimeout, Duration.ofMillis(50), Duration.ofMinutes(1));
  }
}
