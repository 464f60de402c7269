package dev.parley.auth.limits;

import io.vertx.core.Future;

/// Shares of the rates that all nodes of a cluster have in common. Any thread may ask.
public interface Leases {
  /// Reports what was taken without a share, and asks for one.
  ///
  /// @return fails if nobody can be asked
  Future<Grant> ask(Ask ask);

  /// @param key what is limited, in the whole cluster
  /// @param window numbers the asker's window
  /// @param atNanos when it is asked
  /// @param ageNanos how long ago the asker's window opened
  /// @param spent taken without a share; it counts in any case
  /// @param wanted how much more
  record Ask(
      String key, Quota quota, long window, long atNanos, long ageNanos, int spent, int wanted) {}

  /// @param granted as much as was wanted, or what was left
  /// @param remainingNanos until the end of the window that all have in common
  /// @param own whether that is the asker's own
  record Grant(int granted, long remainingNanos, boolean own) {}
}
