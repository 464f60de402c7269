package dev.parley.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How durations and sizes are written: `500ms`, `25s`, `10m`, `24h`, `365d`, `5y`, plain seconds;
/// `64KiB`, `1MiB`, `1GiB`, plain bytes.
public final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,8})\\s*(ms|s|m|min|h|d|y|)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|)");

  private Units() {}

  /// Reads a duration; empty if the text is none.
  public static Optional<Duration> duration(String text) {
    return Optional.of(DURATION.matcher(text.replace("_", "")))
        .filter(matcher -> matcher.matches())
        .map(matcher -> duration(Long.parseLong(matcher.group(1)), matcher.group(2)));
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "y" -> Duration.ofDays(amount * 365);
      default -> Duration.ofSeconds(amount);
    };
  }

  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds >= 172_800 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds >= 3_600 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static Optional<Long> bytes(String text) {
    return Optional.of(SIZE.matcher(text.replace("_", "")))
        .filter(matcher -> matcher.matches())
        .flatMap(matcher -> bytes(Long.parseLong(matcher.group(1)), matcher.group(2)));
  }

  private static Optional<Long> bytes(long amount, String unit) {
    int shift =
        switch (unit) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return amount > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(amount << shift);
  }

  static String text(long bytes) {
    if (bytes == 0 || bytes % (1 << 10) != 0) {
      return Long.toString(bytes);
    }
    if (bytes % (1 << 20) != 0) {
      return (bytes >> 10) + "KiB";
    }
    return bytes % (1 << 30) != 0 ? (bytes >> 20) + "MiB" : (bytes >> 30) + "GiB";
  }
}
