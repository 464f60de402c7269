package dev.parley.auth.limits;

/// The time for which a quota holds: it opens with its first event and refills only at its end. One
/// thread at a time.
sealed interface Window permits FixedWindow, LeasedWindow {
  /// Whether one could be taken.
  boolean has(Quota quota, long nowNanos);

  /// Takes one, unless the quota is used up.
  boolean take(Quota quota, long nowNanos);

  /// Gives back one that was taken for nothing. The window stays open.
  void giveBack();

  boolean isOver(Quota quota, long nowNanos);

  /// Until the end of an open window; not positive if it is over.
  long remainingNanos(Quota quota, long nowNanos);
}
