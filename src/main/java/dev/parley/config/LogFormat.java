package dev.parley.config;

/// How log lines are written.
public enum LogFormat {
  /// For people.
  TEXT,
  /// One JSON object per line, for machines.
  JSON
}
