package dev.parley.kit;

/// What only one test class may use at a time, for `@ResourceLock`. Whoever listens to the log of
/// the whole process is `@Isolated`.
public final class Shared {
  /// The redis-server whose keys each test of the store begins by removing.
  public static final String REDIS = "redis";

  /// A browser takes a core for itself.
  public static final String CHROMIUM = "chromium";

  /// So do servers in processes of their own, while they start.
  public static final String PROCESSES = "processes";

  private Shared() {}
}
