package dev.parley.cli;

/// How a command ended, as the shell sees it.
public final class ExitCode {
  /// Done; or the server runs.
  public static final int OK = 0;

  /// It could not be done: the reason is the last line.
  public static final int FAILED = 1;

  /// What was asked makes no sense, or the configuration is refused: nothing was started.
  public static final int REFUSED = 2;

  private ExitCode() {}
}
