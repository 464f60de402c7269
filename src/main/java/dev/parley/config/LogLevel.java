package dev.parley.config;

import java.util.Locale;
import java.util.Optional;

/// The least important line that is still written.
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  /// The only level at which payloads appear. Tokens never do.
  TRACE;

  /// Reads a level's name, also as other logging systems call it, since `LOG_LEVEL` may be shared.
  static Optional<LogLevel> parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "error", "critical", "fatal" -> Optional.of(ERROR);
      case "warn", "warning" -> Optional.of(WARN);
      case "info" -> Optional.of(INFO);
      case "debug" -> Optional.of(DEBUG);
      case "trace" -> Optional.of(TRACE);
      default -> Optional.empty();
    };
  }
}
