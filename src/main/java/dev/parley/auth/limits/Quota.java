package dev.parley.auth.limits;

import java.time.Duration;

/// So many in so long.
public record Quota(int limit, Duration window) {
  public Quota {
    if (limit < 1 || window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("a quota is at least 1 in a positive time");
    }
  }

  public static Quota perSecond(int limit) {
    return new Quota(limit, Duration.ofSeconds(1));
  }

  public static Quota perMinute(int limit) {
    return new Quota(limit, Duration.ofMinutes(1));
  }

  public static Quota perHour(int limit) {
    return new Quota(limit, Duration.ofHours(1));
  }

  long windowNanos() {
    return window.toNanos();
  }

  /// What a client is told that passes it.
  String text() {
    return "Rate limit exceeded: too many requests " + period();
  }

  private String period() {
    if (window.equals(Duration.ofSeconds(1))) {
      return "per second";
    } else if (window.equals(Duration.ofMinutes(1))) {
      return "per minute";
    } else if (window.equals(Duration.ofHours(1))) {
      return "per hour";
    }
    return "in " + Math.max(1, window.toSeconds()) + " seconds";
  }
}
