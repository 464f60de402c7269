package dev.parley.config;

/// The least important line that is still written.
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  /// The only level at which payloads appear. Tokens never do.
  TRACE
}
