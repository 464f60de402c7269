package dev.parley.observe;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/// Measures how late its event loop is: a timer is due every 250 ms, and how much later it runs is
/// the lag of everything else on that loop too. Deployed with as many instances as there are event
/// loops.
public final class EventLoopLag extends VerticleBase {
  private static final long PERIOD_MILLIS = 250;

  private final Meters meters;
  private long dueNanos;
  private long timer;
  private String loop = "";

  public EventLoopLag(Meters meters) {
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    loop = numberOf(Thread.currentThread().getName());
    schedule();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  /// Anew after every tick: a periodic timer would make up for lost time and hide some of it.
  private void schedule() {
    dueNanos = System.nanoTime() + PERIOD_MILLIS * 1_000_000;
    timer = vertx.setTimer(PERIOD_MILLIS, _ -> onTick());
  }

  private void onTick() {
    meters.loopLag(loop, Math.max(0, System.nanoTime() - dueNanos));
    schedule();
  }

  /// The loop's number, with which Vert.x ends its threads' names.
  private static String numberOf(String thread) {
    return thread.substring(thread.lastIndexOf('-') + 1);
  }
}
