package dev.parley.store;

import io.vertx.core.Future;
import java.time.Duration;

/// Rates that several nodes have in common: each takes shares of a rate's limit, and counts within
/// them by itself.
///
/// A window begins when it is first asked about, at the age that the asker says, and is the same
/// for all who ask before its end. What it holds is forgotten then. Nothing of it is durable: a
/// store that loses it begins a new window.
public interface Quotas {
  /// Reports what was taken without a share, and takes a share of what is left. Repeating a
  /// question after a lost answer counts once.
  ///
  /// @return fails with [StoreUnavailableException]
  Future<Lease> lease(Question question);

  /// @param key what is limited
  /// @param age how long ago the asker's own window began
  /// @param asker names whoever asks
  /// @param window the asker's own number of its window; the same for all its questions about it
  /// @param spent taken already without a share; counts in any case, even beyond the limit
  /// @param wanted how much more is asked for
  record Question(
      String key,
      int limit,
      Duration length,
      Duration age,
      String asker,
      long window,
      int spent,
      int wanted) {}

  /// @param granted as much as was wanted, or what was left
  /// @param remaining until the window's end
  /// @param own whether the window began with this asker's
  record Lease(int granted, Duration remaining, boolean own) {}
}
