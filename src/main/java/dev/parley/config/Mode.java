package dev.parley.config;

/// How much the server trusts its surroundings.
public enum Mode {
  /// For one's own machine: guests may enter, a signing key is made up at start.
  DEVELOPMENT,
  /// For everyone else: no guests, no start without a signing key, browsers only from allowed
  /// origins.
  PRODUCTION
}
