package dev.parley;

/// The server cannot start with what it was told or found. The message is one line for the
/// operator.
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefusedException(String line) {
    super(line, null, false, false);
  }
}
