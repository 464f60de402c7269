package dev.parley.store.redis;

/// How opening a store on Redis ended.
public sealed interface OpenResult {
  record Opened(RedisStore store) implements OpenResult {}

  /// Nothing was opened.
  ///
  /// @param line why, and what to do about it, in one line for the operator
  record Refused(String line) implements OpenResult {}
}
