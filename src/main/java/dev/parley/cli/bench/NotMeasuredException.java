package dev.parley.cli.bench;

/// The command line is right, but what it names cannot be measured. Its message is for the one who
/// gave it.
final class NotMeasuredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotMeasuredException(String message) {
    super(message, null, false, false);
  }
}
