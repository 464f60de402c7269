package dev.parley.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How tasks get from loop to loop: those that a loop hands to another in one turn go together, at
/// the turn's end. So events that came together are written together on the other side, and it is
/// woken once. Any thread may hand over; those of one thread keep their order.
final class Crossing {
  private static final Logger LOG = LoggerFactory.getLogger(Crossing.class);

  @SuppressWarnings("ThreadLocalUsage") // one per node, gone with the threads of its loops
  private final ThreadLocal<@Nullable Departures> ofLoop = new ThreadLocal<>();

  /// Gathers from now on what `loop`, which calls, hands over.
  void begin(Loop loop) {
    ofLoop.set(new Departures(loop));
  }

  void handOver(Loop to, Runnable task) {
    Departures departures = ofLoop.get();
    if (departures == null) {
      to.context().runOnContext(_ -> task.run());
    } else {
      departures.add(to, task);
    }
  }

  private static void runAll(List<Runnable> tasks) {
    for (Runnable task : tasks) {
      try {
        task.run();
      } catch (RuntimeException fault) {
        LOG.atError().setCause(fault).log("what another loop handed over failed");
      }
    }
  }

  /// What a loop hands over in this turn. Belongs to that loop.
  private static final class Departures {
    private final Loop from;
    private List<Burst> bursts = new ArrayList<>();

    Departures(Loop from) {
      this.from = from;
    }

    void add(Loop to, Runnable task) {
      if (bursts.isEmpty()) {
        from.context().runOnContext(_ -> depart());
      }
      burstTo(to).tasks().add(task);
    }

    private Burst burstTo(Loop to) {
      for (Burst burst : bursts) {
        if (burst.to().equals(to)) {
          return burst;
        }
      }
      Burst burst = new Burst(to, new ArrayList<>());
      bursts.add(burst);
      return burst;
    }

    private void depart() {
      List<Burst> leaving = bursts;
      bursts = new ArrayList<>();
      for (Burst burst : leaving) {
        burst.to().context().runOnContext(_ -> runAll(burst.tasks()));
      }
    }
  }

  private record Burst(Loop to, List<Runnable> tasks) {}
}
