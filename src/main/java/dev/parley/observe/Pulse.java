package dev.parley.observe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that this process stood still: it was stopped, its machine slept, or it starved. What it
/// knows may be out of date then, so it catches up before it goes on.
///
/// ```
/// Steady --a beat 3 s late--> Catching up --all remedies done--> Steady
/// ```
///
/// It beats on a thread of its own. Every method may be called from any thread.
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final long BEAT_MILLIS = 500;
  private static final long LATE_MILLIS = 3_000;

  /// How long somebody waits for it to be steady again.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Future<Void> NOW = Future.succeededFuture();

  private final LongSupplier uptime;
  private final LongSupplier clock;
  private final Runnable counter;
  private final List<Supplier<Future<Void>>> remedies = new CopyOnWriteArrayList<>();
  private volatile long beatAt;
  private volatile boolean catchingUp;
  private final AtomicInteger standstills = new AtomicInteger();
  private volatile boolean closed;
  private volatile boolean underWay;
  private long clockAt;
  private Optional<Promise<Void>> awaited = Optional.empty();

  /// @param uptime milliseconds that have passed while the machine was awake
  /// @param clock milliseconds on its clock, which goes on while it sleeps
  /// @param counter told of every standstill
  Pulse(LongSupplier uptime, LongSupplier clock, Runnable counter) {
    this.uptime = uptime;
    this.clock = clock;
    this.counter = counter;
    this.beatAt = uptime.getAsLong();
    this.clockAt = clock.getAsLong();
  }

  /// Beats until it is closed.
  public static Pulse start(Meters meters) {
    Pulse pulse =
        new Pulse(
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
            System::currentTimeMillis,
            meters::stoodStill);
    Thread _ = Thread.ofPlatform().daemon().name("parley-pulse").start(pulse::beatOn);
    return pulse;
  }

  /// Adds something to be done after a standstill. It is done again until it succeeds.
  public void onStandstill(Supplier<Future<Void>> remedy) {
    remedies.add(remedy);
  }

  /// Whether what this process knows is of now, as far as it is told in time. Cheap.
  public boolean isSteady() {
    return !catchingUp && uptime.getAsLong() - beatAt < LATE_MILLIS;
  }

  /// Completes when it is steady; fails if that takes more than 5 s.
  public Future<Void> steady() {
    return isSteady() ? NOW : await().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// How often it stood still: what was learnt before the last time is to be forgotten.
  public int standstills() {
    return standstills.get();
  }

  public Health health() {
    return isSteady()
        ? Health.HEALTHY
        : new Health.Unhealthy("the process stood still and is catching up");
  }

  @Override
  public void close() {
    closed = true;
  }

  /// Looks at the clocks; due every [#BEAT_MILLIS].
  void beat() {
    long now = uptime.getAsLong();
    long wall = clock.getAsLong();
    long gap = Math.max(now - beatAt, wall - clockAt);
    if (gap >= LATE_MILLIS) {
      int _ = standstills.incrementAndGet();
      catchingUp = true;
      counter.run();
      LOG.atWarn().addKeyValue("millis", gap).log("The process stood still; it catches up");
    }
    beatAt = now;
    clockAt = wall;
    if (catchingUp && !underWay) {
      catchUp(standstills.get());
    }
  }

  private void beatOn() {
    while (!closed) {
      beat();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS));
    }
  }

  private void catchUp(int standstill) {
    underWay = true;
    Future<?> done = Future.join(remedies.stream().map(Supplier::get).toList());
    done.onComplete(result -> onCaughtUp(standstill, result.succeeded()));
  }

  /// What failed, or was overtaken by another standstill, is done again with the next beat.
  private void onCaughtUp(int standstill, boolean succeeded) {
    underWay = false;
    if (succeeded && standstill == standstills.get()) {
      catchingUp = false;
      LOG.info("The process is up to date again");
      takeAwaited().ifPresent(waiting -> waiting.complete());
    }
  }

  private synchronized Future<Void> await() {
    if (isSteady()) {
      return NOW;
    }
    Promise<Void> promise = awaited.orElseGet(Promise::promise);
    awaited = Optional.of(promise);
    return promise.future();
  }

  private synchronized Optional<Promise<Void>> takeAwaited() {
    Optional<Promise<Void>> taken = awaited;
    awaited = Optional.empty();
    return taken;
  }
}
