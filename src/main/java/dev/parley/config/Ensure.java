package dev.parley.config;

import java.time.Duration;

/// The guards that compact constructors of sections are made of. Each throws [OutOfRange].
final class Ensure {
  private Ensure() {}

  static void between(String key, long value, long least, long most) {
    that(key, value >= least && value <= most, least + " to " + most);
  }

  /// Like [#between] for a size.
  static void bytesBetween(String key, long value, long least, long most) {
    that(key, value >= least && value <= most, Units.text(least) + " to " + Units.text(most));
  }

  static void between(String key, Duration value, Duration least, Duration most) {
    that(
        key,
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        Units.text(least) + " to " + Units.text(most));
  }

  static void that(String key, boolean fulfilled, String allowed) {
    if (!fulfilled) {
      throw new OutOfRange(key, allowed);
    }
  }
}
