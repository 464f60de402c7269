package dev.parley.config;

/// What one key was set to, and where.
///
/// @param text as it was written
/// @param source for people: `command line`, `conf/parley.yaml line 12`, `environment PORT`
record Given(String text, String source) {
  static final String DEFAULT = "the default";
  static final String RANDOM = "random for this start";
}
