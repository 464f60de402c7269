package dev.parley.gateway;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The one timer of a loop: looks at each of its sessions about once a second, a tenth of them
/// every tenth of a second, so that no session needs a timer of its own. Belongs to its loop.
final class Wheel {
  private static final int SLOTS = 10;
  private static final long TICK_MILLIS = 100;

  /// Something with deadlines that may pass a second late.
  interface Timed {
    /// @return whether to look at it again
    boolean onTick(Instant now);
  }

  private final InstantSource clock;
  private final List<List<Timed>> slots = new ArrayList<>();
  private int turn;

  Wheel(InstantSource clock) {
    this.clock = clock;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
  }

  void start(Vertx vertx) {
    vertx.setPeriodic(TICK_MILLIS, _ -> turn(clock.instant()));
  }

  /// Looked at from the next second on.
  void add(Timed timed) {
    slots.get((turn + SLOTS - 1) % SLOTS).add(timed);
  }

  private void turn(Instant now) {
    List<Timed> slot = slots.get(turn);
    turn = (turn + 1) % SLOTS;
    slot.removeIf(timed -> !timed.onTick(now));
  }
}
