package dev.parley.presence;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Rings when there is something to do, and sleeps without a timer when there is nothing. Belongs
/// to one event loop.
final class Alarm {
  private final BiConsumer<Duration, Runnable> timer;
  private final Supplier<Optional<Duration>> next;
  private final Runnable task;
  private boolean set;

  /// @param timer runs something after a while
  /// @param next how long until there is something to do; empty if there is nothing in sight
  Alarm(BiConsumer<Duration, Runnable> timer, Supplier<Optional<Duration>> next, Runnable task) {
    this.timer = timer;
    this.next = next;
    this.task = task;
  }

  /// Looks whether there is something to wait for. To be called when there may be.
  void look() {
    if (!set) {
      next.get().ifPresent(this::setIn);
    }
  }

  private void setIn(Duration delay) {
    set = true;
    timer.accept(delay, this::ring);
  }

  private void ring() {
    set = false;
    task.run();
    look();
  }
}
