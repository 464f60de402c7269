package dev.parley.config;

import java.nio.charset.StandardCharsets;

/// A text that must not be seen: it prints masked.
///
/// @param value the text itself; hand it only to what signs or verifies
public record Secret(String value) {
  static final String MASK = "********";

  /// Its length as a key.
  public int bytes() {
    return value.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return MASK;
  }
}
