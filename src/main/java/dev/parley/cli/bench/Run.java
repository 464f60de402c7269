package dev.parley.cli.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Carries a [Plan] out: opens the connections, warms up, measures.
final class Run {
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final int LOOP_ANSWER_SECONDS = 30;

  private final Plan plan;
  private final Wire wire;
  private final PrintStream progress;

  /// @param progress where to say how far it is
  Run(Plan plan, PrintStream progress) {
    this.plan = plan;
    this.wire = plan.protocol().toWire();
    this.progress = progress;
  }

  Report run() throws InterruptedException {
    Optional<Long> rssBefore = ProcessSample.ofAll(plan.pids()).map(ProcessSample::rssBytes);
    Load load = load();
    try (Swarm swarm = new Swarm(plan, wire, tokens())) {
      Stretch.Begun begun = Stretch.Begun.now(plan.pids());
      swarm.open(load);
      Stretch opening = begun.end();
      progress.printf("%,d sessions are open after %.2f s%n", swarm.ready(), opening.seconds());
      boolean isOver = plan.scenario() instanceof Scenario.Storm || swarm.trouble().isPresent();
      Stretch measured = isOver ? opening : measure(swarm, load);
      return new Report(plan, swarm.ready(), count(swarm), measured, rssBefore, swarm.trouble());
    } finally {
      load.stop();
    }
  }

  private Stretch measure(Swarm swarm, Load load) throws InterruptedException {
    if (plan.scenario() instanceof Scenario.Idle) {
      return hold(swarm);
    }
    load.start(swarm.workers(), swarm.peers());
    if (swarm.hold(plan.timing().warmUp())) {
      swarm.workers().forEach(worker -> worker.loop().execute(worker.tally()::reset));
    }
    Stretch measured = hold(swarm);
    load.settle(SETTLING);
    return measured;
  }

  private Stretch hold(Swarm swarm) throws InterruptedException {
    Stretch.Begun begun = Stretch.Begun.now(plan.pids());
    var _ = swarm.hold(plan.timing().duration());
    return begun.end();
  }

  private Load load() {
    return switch (plan.scenario()) {
      case Scenario.FanOut fanOut -> new FanOutLoad(fanOut, wire);
      case Scenario.Echo _ -> new EchoLoad(wire);
      case Scenario.Storm _, Scenario.Idle _ -> Load.NONE;
      case Scenario.Chat chat -> new ChatLoad(chat, new NativeWire());
    };
  }

  private Tokens tokens() {
    if (!wire.isAuthenticated()) {
      return Tokens.none();
    }
    return plan.secret()
        .map(secret -> Tokens.signedWith(secret, Instant.now()))
        .orElseGet(() -> Tokens.askedOf(plan.target()));
  }

  private static Tally.Count count(Swarm swarm) throws InterruptedException {
    Tally.Count sum = Tally.Count.none();
    for (Worker worker : swarm.workers()) {
      sum = sum.plus(countOf(worker));
    }
    return sum;
  }

  private static Tally.Count countOf(Worker worker) throws InterruptedException {
    try {
      return worker
          .loop()
          .submit(worker.tally()::toCount)
          .get(LOOP_ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("an event loop of the client does not answer", e);
    }
  }
}
