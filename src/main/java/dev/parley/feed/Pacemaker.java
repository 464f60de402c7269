package dev.parley.feed;

import dev.parley.observe.Meters;
import dev.parley.observe.Meters.Paced;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Pacing;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/// The pace of the keys of one loop: with one timer for all of them, while something waits. What
/// passes leaves in order on that loop, however many threads and nodes it comes from. Any thread
/// may offer.
final class Pacemaker {
  private static final int MAX_KEYS = 1 << 16;
  private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Vertx vertx;
  private final Loop loop;
  private final Exit exit;
  private final Meters meters;
  private final Pacer<Waiting> pacer = new Pacer<>(MAX_KEYS, MEMORY_NANOS);
  private volatile int waiting;
  private boolean awaited;

  /// Where events leave.
  interface Exit {
    /// @param forward whether other nodes are to have it too
    void pass(Envelope envelope, boolean forward);
  }

  private record Waiting(Envelope envelope, boolean forward) {}

  Pacemaker(Vertx vertx, Loop loop, Exit exit, Meters meters) {
    this.vertx = vertx;
    this.loop = loop;
    this.exit = exit;
    this.meters = meters;
    meters.queue("paced_events_" + loop.index(), () -> waiting);
  }

  void offer(Pacing pacing, Envelope envelope, boolean forward) {
    loop.execute(() -> decide(pacing, new Waiting(envelope, forward)));
  }

  private void decide(Pacing pacing, Waiting offered) {
    Pacer.Verdict verdict = pacer.offer(pacing, offered, System.nanoTime());
    count(verdict);
    if (verdict.isNow()) {
      pass(offered);
    }
    keepTime();
  }

  private void keepTime() {
    waiting = pacer.waiting();
    if (!awaited && pacer.nextDue().isPresent()) {
      awaited = true;
      long nanos = pacer.nextDue().getAsLong() - System.nanoTime();
      vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1), _ -> onTime());
    }
  }

  private void onTime() {
    awaited = false;
    pacer.due(System.nanoTime()).forEach(this::pass);
    keepTime();
  }

  private void pass(Waiting passing) {
    exit.pass(passing.envelope(), passing.forward());
  }

  private void count(Pacer.Verdict verdict) {
    if (verdict.replaces()) {
      meters.paced(Paced.REPLACED);
    }
    meters.paced(
        switch (verdict) {
          case NOW, NOW_INSTEAD -> Paced.PASSED;
          case LATER, LATER_INSTEAD -> Paced.WAITED;
          case STALE -> Paced.STALE;
        });
  }
}
