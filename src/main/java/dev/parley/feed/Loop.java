package dev.parley.feed;

import io.vertx.core.Context;

/// One event loop of the gateway.
///
/// @param index from 0
/// @param thread the one thread that runs the context
record Loop(int index, Context context, Thread thread, Crossing crossing) {
  /// Runs it on this loop: at once if already there, else after all that this thread handed over
  /// before.
  void execute(Runnable task) {
    if (isHere()) {
      task.run();
    } else {
      crossing.handOver(this, task);
    }
  }

  /// Runs it on this loop in a later turn, after all that this thread handed over before.
  void post(Runnable task) {
    if (isHere()) {
      context.runOnContext(_ -> task.run());
    } else {
      crossing.handOver(this, task);
    }
  }

  private boolean isHere() {
    return Thread.currentThread().equals(thread);
  }
}
