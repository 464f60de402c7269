package dev.parley.auth.limits;

/// A window that opens with its first event and refills only at its end. Small, because connections
/// have some of their own: for bad messages, and for how often a refused frame is answered. One
/// thread at a time.
public final class FixedWindow implements Window {
  private long openedAtNanos;
  private int taken;
  private boolean open;

  @Override
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

  @Override
  public boolean has(Quota quota, long nowNanos) {
    return taken < quota.limit() || isOver(quota, nowNanos);
  }

  @Override
  public void giveBack() {
    taken = Math.max(0, taken - 1);
  }

  @Override
  public boolean isOver(Quota quota, long nowNanos) {
    return !open || nowNanos - openedAtNanos >= quota.windowNanos();
  }

  @Override
  public long remainingNanos(Quota quota, long nowNanos) {
    return openedAtNanos + quota.windowNanos() - nowNanos;
  }
}
