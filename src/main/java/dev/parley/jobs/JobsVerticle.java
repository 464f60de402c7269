package dev.parley.jobs;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.bus.MisdirectedException;
import dev.parley.config.JobsConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UnwatchJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Serves the updates of the jobs of one shard, and questions about any job. All of it runs on one
/// event loop.
public final class JobsVerticle extends VerticleBase {
  /// How long news that were lost may stay unknown at a node.
  private static final Duration REREAD_EVERY = Duration.ofSeconds(2);

  private final int shard;
  private final MessageBus bus;
  private final InstantSource clock;
  private final JobNews news;
  private final Rereading rereading;
  private final JobLanes lanes;
  private final JobQueries queries;

  /// @param heard shared by all shards of the node
  /// @param depth is told by how much the number of updates that wait changed
  public JobsVerticle(
      int shard,
      MessageBus bus,
      Store store,
      JobsConfig config,
      Heard heard,
      IntConsumer depth,
      InstantSource clock) {
    this.shard = shard;
    this.bus = bus;
    this.clock = clock;
    var records = new JobRecords(store.records(), config.keep());
    this.news = new JobNews(bus);
    this.rereading = new Rereading(records, heard, news, clock);
    this.lanes = new JobLanes(records, clock, this::pause, this::onStored, depth);
    this.queries = new JobQueries(records, rereading);
  }

  /// One shard of a node looks for all of it. The first look is for nobody.
  @Override
  public Future<?> start() {
    if (shard == 0) {
      vertx.setPeriodic(0, REREAD_EVERY.toMillis(), _ -> look());
    }
    return bus.serve(Addresses.jobs(shard), JobCommand.class, this::serve).completion();
  }

  private Future<Outcome> serve(Caller caller, JobCommand command) {
    return switch (command) {
      case UpdateJob(JobUpdate update) -> tell(caller, update);
      case WatchJobs(var job) ->
          job.map(queries::one).orElseGet(() -> queries.list(Optional.empty())).map(this::toReply);
      case ListJobs(var status) -> queries.list(status).map(this::toReply);
      case UnwatchJobs _ -> throw new MisdirectedException(command);
    };
  }

  private Future<Outcome> tell(Caller caller, JobUpdate update) {
    JobRules.ensureMayTell(caller, update);
    return lanes.tell(update).map(Reply.JobKept::new);
  }

  private Outcome toReply(List<Job> jobs) {
    return new Reply.Jobs(jobs, clock.instant());
  }

  private void onStored(Kept kept) {
    news.tell(kept.job());
    if (kept.job().status().isFinal()) {
      rereading.file(kept);
    }
  }

  /// What cannot be read now is read next time.
  private void look() {
    Future<?> _ = queries.look().otherwiseEmpty();
  }

  private Future<Void> pause(Duration time) {
    return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
