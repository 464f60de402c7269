package dev.parley.cli.bench;

/// The command line cannot be obeyed. Its message is for the one who wrote it.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
