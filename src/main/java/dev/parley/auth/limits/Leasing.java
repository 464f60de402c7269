package dev.parley.auth.limits;

import dev.parley.auth.limits.Leases.Ask;
import dev.parley.auth.limits.Leases.Grant;
import dev.parley.observe.Meters;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Asks for the leases of one limiter's tallies. At most one question about each of their windows
/// is under way.
final class Leasing {
  private static final AtomicLong WINDOWS = new AtomicLong();

  private final String name;
  private final RatePolicy policy;
  private final Leases leases;
  private final Meters meters;
  private final LongSupplier clock;

  /// @param name of the limiter, the same on all nodes
  /// @param clock as `System::nanoTime`
  Leasing(String name, RatePolicy policy, Leases leases, Meters meters, LongSupplier clock) {
    this.name = name;
    this.policy = policy;
    this.leases = leases;
    this.meters = meters;
    this.clock = clock;
  }

  /// Asks whatever is due. Not under the tally's lock.
  void ask(Object key, Tally tally, long nowNanos) {
    for (int i = 0; i < policy.quotas().size(); i++) {
      Optional<Ask> due = due(key, tally, i, nowNanos);
      if (due.isPresent()) {
        send(key, tally, i, due.get());
      }
    }
  }

  private Optional<Ask> due(Object key, Tally tally, int quota, long nowNanos) {
    synchronized (tally) {
      String shared = name + ':' + quota + ':' + key;
      return tally.ask(quota, shared, nowNanos, WINDOWS::incrementAndGet);
    }
  }

  private void send(Object key, Tally tally, int quota, Ask ask) {
    leases
        .ask(ask)
        .onComplete(
            grant -> onGranted(key, tally, quota, ask, grant), _ -> onFailed(tally, quota, ask));
  }

  private void onGranted(Object key, Tally tally, int quota, Ask ask, Grant grant) {
    meters.leased(
        grant.granted() < ask.wanted() ? Meters.Leased.FELL_SHORT : Meters.Leased.GRANTED);
    synchronized (tally) {
      tally.onGranted(quota, ask, grant);
    }
    ask(key, tally, clock.getAsLong());
  }

  private void onFailed(Tally tally, int quota, Ask ask) {
    meters.leased(Meters.Leased.FAILED);
    synchronized (tally) {
      tally.onFailed(quota, ask, clock.getAsLong());
    }
  }
}
