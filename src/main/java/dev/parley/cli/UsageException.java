package dev.parley.cli;

/// A command was called in a way that makes no sense.
final class UsageException extends RuntimeException {
  UsageException(String line) {
    super(line, null, false, false);
  }
}
