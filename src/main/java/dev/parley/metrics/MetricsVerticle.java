package dev.parley.metrics;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.MisdirectedException;
import dev.parley.config.MetricsConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.MetricsCommand;
import dev.parley.protocol.MetricsEvent.MetricsSampled;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Samples this node's machine while anybody watches, on whichever node. One per node.
public final class MetricsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final List<Topic> WATCHERS =
      List.of(
          Topic.of(RoomName.SYSTEM_MONITORING),
          Topic.of(TopicName.METRICS),
          Topic.of(TopicName.ALL));

  /// More who are answered at the same moment get the sample twice.
  private static final int MAX_ANSWERED = 1_000;

  private final MessageBus bus;
  private final MetricsConfig config;
  private final Machine machine;
  private final Supplier<SystemSample.ServerProcess> process;
  private final BooleanSupplier watched;
  private final NodeId node;
  private final InstantSource clock;
  private final Rhythm rhythm;
  private final Set<ConnectionId> answered = new HashSet<>();
  private boolean forAll;

  /// @param process how this process stands; asked on the verticle's loop
  /// @param watched whether anybody listens to samples, on any node
  public MetricsVerticle(
      MessageBus bus,
      MetricsConfig config,
      Machine machine,
      Supplier<SystemSample.ServerProcess> process,
      BooleanSupplier watched,
      NodeId node,
      InstantSource clock) {
    this.bus = bus;
    this.config = config;
    this.machine = machine;
    this.process = process;
    this.watched = watched;
    this.node = node;
    this.clock = clock;
    this.rhythm = new Rhythm(config.interval());
  }

  @Override
  public Future<?> start() {
    Duration maxAge = config.interval().multipliedBy(2);
    Sampler ready = new Sampler(vertx, machine, maxAge, process, node, clock);
    vertx.setPeriodic(LOOK_EVERY.toMillis(), _ -> look(ready));
    return bus.serve(
            Addresses.METRICS,
            MetricsCommand.class,
            (caller, command) -> serve(ready, caller, command))
        .completion();
  }

  private Future<Outcome> serve(Sampler sampler, Caller caller, MetricsCommand command) {
    return switch (command) {
      case MetricsCommand.WatchMetrics _ -> {
        rhythm.onWatch(System.nanoTime());
        yield answer(sampler, caller);
      }
      case MetricsCommand.ReadMetrics _ -> answer(sampler, caller);
      case MetricsCommand.UnwatchMetrics _ -> throw new MisdirectedException(command);
    };
  }

  private Future<Outcome> answer(Sampler sampler, Caller caller) {
    if (!sampler.isSampling() && rhythm.isFresh(System.nanoTime())) {
      return Future.succeededFuture(new Reply.Sampled(sampler.newest().orElseThrow()));
    }
    if (answered.size() < MAX_ANSWERED) {
      caller.connection().ifPresent(answered::add);
    }
    return begin(sampler).map(Reply.Sampled::new);
  }

  /// Sees whether a sample is due for all.
  private void look(Sampler sampler) {
    long now = System.nanoTime();
    if (rhythm.isDue(watched.getAsBoolean(), now)
        && (sampler.isSampling() || !rhythm.isFresh(now))) {
      forAll = true;
      Future<SystemSample> _ = begin(sampler);
    }
  }

  private Future<SystemSample> begin(Sampler sampler) {
    boolean first = !sampler.isSampling();
    Future<SystemSample> sample = sampler.sample();
    return first ? sample.onComplete(this::onSampled, this::onFailed) : sample;
  }

  private void onSampled(SystemSample sample) {
    rhythm.onSampled(System.nanoTime());
    if (forAll) {
      bus.publish(Envelope.ephemeral(new MetricsSampled(sample), WATCHERS).except(answered));
    }
    settle();
  }

  private void onFailed(Throwable failure) {
    LOG.atWarn()
        .addKeyValue("error", String.valueOf(failure.getMessage()))
        .log("the machine could not be sampled");
    settle();
  }

  private void settle() {
    if (forAll) {
      rhythm.onTold(System.nanoTime());
    }
    forAll = false;
    answered.clear();
  }
}
