package dev.parley.auth.limits;

import dev.parley.auth.limits.Leases.Ask;
import dev.parley.auth.limits.Leases.Grant;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The window of a quota that several nodes have in common, as one of them sees it. Pure; one
/// thread at a time.
///
/// A few are taken on credit, and nobody hears of it. When half of the credit is used, the node
/// reports what it took and takes a lease of some more, and of more again before that is used up.
/// Nobody waits for an answer: what is taken while one is under way is reported with the next
/// question. Only a lease that falls short ends the taking, because then all is leased.
///
/// ```
/// on credit --half is used--> asking --granted--> leased --it runs low--> asking
///                                |------fell short--> short: refuses when the lease is used up
///                                '------no answer--> as if alone; asks again a second later
/// ```
///
/// One node with a quota of n admits exactly n. So k nodes admit at most n, and each but one its
/// credit and what it took while the store answered; and never fewer than n less what the others
/// hold and did not use.
final class LeasedWindow implements Window {
  private static final int CREDIT_PART = 16;
  private static final int LEASE_PART = 8;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private boolean open;
  private long openedAtNanos;
  private long endsAtNanos;
  private int taken;

  /// Reported or granted: what the store knows that this node has.
  private int covered;

  /// Numbers the window, from its first question on.
  private long number;

  private boolean asking;
  private boolean isShort;
  private boolean failed;
  private long failedAtNanos;

  /// Whether its end is that of a window which another node began.
  private boolean adopted;

  @Override
  public boolean has(Quota quota, long nowNanos) {
    return isOver(quota, nowNanos) || taken < covered || (taken < quota.limit() && !isShort);
  }

  @Override
  public boolean take(Quota quota, long nowNanos) {
    if (!has(quota, nowNanos)) {
      return false;
    }
    if (isOver(quota, nowNanos)) {
      begin(quota, nowNanos);
    }
    taken++;
    return true;
  }

  @Override
  public void giveBack() {
    taken = Math.max(0, taken - 1);
  }

  @Override
  public boolean isOver(Quota quota, long nowNanos) {
    return !open || nowNanos - endsAtNanos >= 0;
  }

  @Override
  public long remainingNanos(Quota quota, long nowNanos) {
    return endsAtNanos - nowNanos;
  }

  /// The next question, if one is due. It must be answered by [#onGranted] or [#onFailed].
  ///
  /// @param numbers gives each window another number
  Optional<Ask> ask(String key, Quota quota, long nowNanos, LongSupplier numbers) {
    if (!isAskDue(quota, nowNanos)) {
      return Optional.empty();
    }
    asking = true;
    failed = false;
    number = number == 0 ? numbers.getAsLong() : number;
    int spent = Math.max(0, taken - covered);
    int wanted = Math.min(leaseOf(quota), quota.limit() - Math.max(taken, covered));
    return Optional.of(
        new Ask(key, quota, number, nowNanos, nowNanos - openedAtNanos, spent, wanted));
  }

  boolean isAskDue(Quota quota, long nowNanos) {
    return !asking
        && !isShort
        && taken > threshold(quota)
        && covered < quota.limit()
        && !isOver(quota, nowNanos)
        && (!failed || nowNanos - failedAtNanos >= PATIENCE_NANOS);
  }

  /// Answers that come after the window's end are nobody's.
  void onGranted(Ask ask, Grant grant) {
    if (ask.window() != number) {
      return;
    }
    asking = false;
    covered += ask.spent() + grant.granted();
    isShort = grant.granted() < ask.wanted();
    if (!grant.own() && !adopted) {
      adopted = true;
      endsAtNanos = ask.atNanos() + grant.remainingNanos();
    }
  }

  void onFailed(Ask ask, long nowNanos) {
    if (ask.window() == number) {
      asking = false;
      failed = true;
      failedAtNanos = nowNanos;
    }
  }

  /// What a node may take that nobody else hears of.
  static int creditOf(Quota quota) {
    return Math.max(1, quota.limit() / CREDIT_PART);
  }

  private static int leaseOf(Quota quota) {
    return Math.max(1, quota.limit() / LEASE_PART);
  }

  private int threshold(Quota quota) {
    return covered == 0 ? creditOf(quota) / 2 : covered - (leaseOf(quota) + 1) / 2;
  }

  private void begin(Quota quota, long nowNanos) {
    open = true;
    openedAtNanos = nowNanos;
    endsAtNanos = nowNanos + quota.windowNanos();
    taken = 0;
    covered = 0;
    number = 0;
    asking = false;
    isShort = false;
    failed = false;
    adopted = false;
  }
}
