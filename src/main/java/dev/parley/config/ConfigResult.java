package dev.parley.config;

import java.util.List;

/// How loading ended.
public sealed interface ConfigResult {
  /// The server may start.
  ///
  /// @param config what it was told
  /// @param warnings lines to show at start
  /// @param settings every key as it counts now, in the order of the file
  record Loaded(Config config, List<String> warnings, List<Effective> settings)
      implements ConfigResult {
    public Loaded {
      warnings = List.copyOf(warnings);
      settings = List.copyOf(settings);
    }

    /// Whether the signing key is one that was made up for this start.
    public boolean keyIsMadeUp() {
      return settings.stream()
          .anyMatch(s -> s.key().equals("auth.secret") && s.source().equals(Given.RANDOM));
    }

    /// The effective configuration on one screen, secrets masked: what was set and where, then the
    /// defaults of each section.
    public String effective() {
      return EffectiveText.of(settings);
    }
  }

  /// Nothing may start.
  ///
  /// @param message one line: key, value, what is allowed, where it was set
  record Refused(String message) implements ConfigResult {}

  /// One key as it counts.
  ///
  /// @param value as it was written; masked if secret
  /// @param source where it was set
  record Effective(String key, String value, String source) {
    boolean isDefault() {
      return source.equals(Given.DEFAULT);
    }
  }
}
