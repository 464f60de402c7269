package dev.parley.config;

import java.time.Duration;

/// Who is online.
///
/// @param offlineGrace how long a user without connections still counts as online: a reload is not
///   an absence
public record PresenceConfig(@Setting("5s") Duration offlineGrace) {
  public PresenceConfig {
    Ensure.between("presence.offline_grace", offlineGrace, Duration.ZERO, Duration.ofMinutes(10));
  }
}
