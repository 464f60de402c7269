package dev.parley.auth.limits;

/// A window that opens with its first event and refills only at its end. Small, because connections
/// have some of their own: for bad messages, and for how often a refused frame is answered. One
/// thread at a time.
public final class FixedWindow {
  private long openedAtNanos;
  private int taken;
  private boolean open;

  /// Takes one, unless the quota is used up.
  public boolean take(Quota quota, long nowNanos) {
    if (!has(quota, nowNanos)) {
      return false;
    }
    if (isOver(quota, nowNanos)) {
      open = true;
      openedAtNanos = nowNanos;
      taken = 0;
    }
    taken++;
    return true;
  }

  /// Whether one could be taken.
  boolean has(Quota quota, long nowNanos) {
    return taken < quota.limit() || isOver(quota, nowNanos);
  }

  /// Gives back one that was taken for nothing. The window stays open.
  void giveBack() {
    taken = Math.max(0, taken - 1);
  }

  boolean isOver(Quota quota, long nowNanos) {
    return !open || nowNanos - openedAtNanos >= quota.windowNanos();
  }

  /// Until the end of an open window; not positive if it is over.
  long remainingNanos(Quota quota, long nowNanos) {
    return openedAtNanos + quota.windowNanos() - nowNanos;
  }
}
