package dev.parley.auth.limits;

import dev.parley.protocol.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What one key has used of its policy's quotas. Used under its own lock.
final class Tally {
  private static final int NOT_BLOCKED = -1;

  private final RatePolicy policy;
  private final FixedWindow[] windows;
  private long blockedUntilNanos;

  /// The quota whose violation blocked the key.
  private int blockedBy = NOT_BLOCKED;

  private boolean retired;

  Tally(RatePolicy policy) {
    this.policy = policy;
    windows = new FixedWindow[policy.quotas().size()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = new FixedWindow();
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
    for (FixedWindow window : windows) {
      window.giveBack();
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
