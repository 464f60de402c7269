package dev.parley.auth.limits;

import dev.parley.auth.limits.Leases.Ask;
import dev.parley.auth.limits.Leases.Grant;
import dev.parley.protocol.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What one key has used of its policy's quotas. Used under its own lock.
final class Tally {
  private static final int NOT_BLOCKED = -1;

  private final RatePolicy policy;
  private final Window[] windows;
  private long blockedUntilNanos;

  /// The quota whose violation blocked the key.
  private int blockedBy = NOT_BLOCKED;

  private boolean retired;

  /// @param leased whether other nodes take from the same quotas
  Tally(RatePolicy policy, boolean leased) {
    this.policy = policy;
    windows = new Window[policy.quotas().size()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = leased ? new LeasedWindow() : new FixedWindow();
    }
  }

  /// Takes one of every quota or, if one of them is used up, none at all. Admitting allocates
  /// nothing.
  Optional<Rejection> take(long nowNanos) {
    if (isBlocked(nowNanos)) {
      return refuse(blockedBy, nowNanos);
    }
    List<Quota> quotas = policy.quotas();
    for (int i = 0; i < windows.length; i++) {
      if (!windows[i].has(quotas.get(i), nowNanos)) {
        block(i, nowNanos);
        return refuse(i, nowNanos);
      }
    }
    for (int i = 0; i < windows.length; i++) {
      boolean _ = windows[i].take(quotas.get(i), nowNanos);
    }
    return Optional.empty();
  }

  void giveBack() {
    for (Window window : windows) {
      window.giveBack();
    }
  }

  /// Whether something is to be asked of who gives leases.
  boolean isAskDue(long nowNanos) {
    for (int i = 0; i < windows.length; i++) {
      if (windows[i] instanceof LeasedWindow leased
          && leased.isAskDue(policy.quotas().get(i), nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /// The next question about one of the quotas, if one is due.
  Optional<Ask> ask(int quota, String key, long nowNanos, LongSupplier numbers) {
    return windows[quota] instanceof LeasedWindow leased
        ? leased.ask(key, policy.quotas().get(quota), nowNanos, numbers)
        : Optional.empty();
  }

  void onGranted(int quota, Ask ask, Grant grant) {
    if (windows[quota] instanceof LeasedWindow leased) {
      leased.onGranted(ask, grant);
    }
  }

  void onFailed(int quota, Ask ask, long nowNanos) {
    if (windows[quota] instanceof LeasedWindow leased) {
      leased.onFailed(ask, nowNanos);
    }
  }

  /// Whether it was put out of use: whoever still holds it takes a new one instead.
  boolean isRetired() {
    return retired;
  }

  /// Puts it out of use if nothing in it matters any more.
  boolean retire(long nowNanos) {
    boolean over = !isBlocked(nowNanos);
    for (int i = 0; over && i < windows.length; i++) {
      over = windows[i].isOver(policy.quotas().get(i), nowNanos);
    }
    retired = over;
    return over;
  }

  private boolean isBlocked(long nowNanos) {
    if (blockedBy != NOT_BLOCKED && nowNanos - blockedUntilNanos >= 0) {
      blockedBy = NOT_BLOCKED;
    }
    return blockedBy != NOT_BLOCKED;
  }

  private void block(int quota, long nowNanos) {
    policy
        .block()
        .ifPresent(
            time -> {
              blockedBy = quota;
              blockedUntilNanos = nowNanos + time.toNanos();
            });
  }

  /// Repeating makes sense after the later of the ends of window and block.
  private Optional<Rejection> refuse(int index, long nowNanos) {
    var quota = policy.quotas().get(index);
    long window = windows[index].remainingNanos(quota, nowNanos);
    long block = blockedBy == NOT_BLOCKED ? 0 : blockedUntilNanos - nowNanos;
    return Optional.of(Rejection.limited(quota.text(), Duration.ofNanos(Math.max(window, block))));
  }
}
