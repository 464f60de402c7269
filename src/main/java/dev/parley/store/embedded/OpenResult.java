package dev.parley.store.embedded;

/// How opening a store ended.
public sealed interface OpenResult {
  record Opened(EmbeddedStore store) implements OpenResult {}

  /// Nothing was opened or changed.
  ///
  /// @param line why, and what to do about it, in one line for the operator
  record Refused(String line) implements OpenResult {}
}
