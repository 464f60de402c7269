package dev.parley.jobs;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/// The updates of each job, one write at a time: what comes meanwhile is taken together by the next
/// one, and everybody is answered with what was stored then. Belongs to one thread.
final class JobLanes {
  static final int MAX_WAITING = 10_000;
  private static final int MAX_TRIES = 100;

  /// What orders the events of a job is its time: so there is one write a millisecond at most.
  private static final Duration TICK = Duration.ofMillis(1);

  private final JobRecords records;
  private final InstantSource clock;
  private final Function<Duration, Future<Void>> pause;
  private final Consumer<Kept> onStored;
  private final IntConsumer depth;

  /// A lane is here while somebody is in it.
  private final Map<JobId, Lane> lanes = new HashMap<>();

  private int inside;

  /// @param pause completes after a time
  /// @param onStored is told of each job that was written, before who asked is answered
  /// @param depth is told by how much the number of those who wait changed
  JobLanes(
      JobRecords records,
      InstantSource clock,
      Function<Duration, Future<Void>> pause,
      Consumer<Kept> onStored,
      IntConsumer depth) {
    this.records = records;
    this.clock = clock;
    this.pause = pause;
    this.onStored = onStored;
    this.depth = depth;
  }

  /// @return the job as it is stored then; fails as unavailable if too many wait
  Future<Job> tell(JobUpdate update) {
    if (inside >= MAX_WAITING) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    count(1);
    Turn turn = new Turn(update, Promise.promise());
    Lane lane = lanes.get(update.id());
    if (lane != null) {
      lane.waiting.add(turn);
    } else {
      open(turn);
    }
    return turn.answer().future();
  }

  private void open(Turn first) {
    Lane lane = new Lane(first.update().id());
    lanes.put(lane.id, lane);
    lane.waiting.add(first);
    records.find(lane.id).onComplete(found -> proceed(lane, found), failure -> fail(lane, failure));
  }

  private void proceed(Lane lane, Optional<Kept> known) {
    if (lane.waiting.isEmpty()) {
      lanes.remove(lane.id);
      return;
    }
    boolean early = known.isPresent() && !now().isAfter(known.get().job().updatedAt());
    if (early && !known.get().job().status().isFinal()) {
      pause.apply(TICK).onComplete(_ -> take(lane, known));
    } else {
      take(lane, known);
    }
  }

  private void take(Lane lane, Optional<Kept> known) {
    lane.taken.addAll(lane.waiting);
    lane.waiting.clear();
    write(lane, known, MAX_TRIES);
  }

  private void write(Lane lane, Optional<Kept> known, int triesLeft) {
    Optional<Job> before = known.map(Kept::job);
    Job after = lane.fold(before, Jobs.after(before, now()));
    if (before.isPresent() && before.get().status().isFinal()) {
      answer(lane, after);
      proceed(lane, known);
      return;
    }
    records
        .put(after, known.map(Kept::version).orElse(0L))
        .onComplete(
            result -> onPut(lane, after, result, triesLeft), failure -> fail(lane, failure));
  }

  private void onPut(Lane lane, Job job, PutResult result, int triesLeft) {
    switch (result) {
      case PutResult.Written(long version) -> {
        Kept kept = new Kept(job, version, 0);
        onStored.accept(kept);
        answer(lane, job);
        proceed(lane, Optional.of(kept));
      }
      case PutResult.Stale(Optional<StoredRecord> current) -> onStale(lane, current, triesLeft);
    }
  }

  private void onStale(Lane lane, Optional<StoredRecord> current, int triesLeft) {
    if (triesLeft == 0) {
      fail(lane, new StoreUnavailableException("a job changed too often to be updated"));
    } else if (current.isPresent()) {
      write(lane, current.map(JobRecords::toKept), triesLeft - 1);
    } else {
      records
          .find(lane.id)
          .onComplete(found -> write(lane, found, triesLeft - 1), failure -> fail(lane, failure));
    }
  }

  private void answer(Lane lane, Job job) {
    List<Turn> answered = lane.takeTaken();
    count(-answered.size());
    answered.forEach(turn -> turn.answer().complete(job));
  }

  /// All who are there: what the store says now it would say to each.
  private void fail(Lane lane, Throwable failure) {
    lanes.remove(lane.id);
    lane.taken.addAll(lane.waiting);
    lane.waiting.clear();
    List<Turn> failed = lane.takeTaken();
    count(-failed.size());
    failed.forEach(turn -> turn.answer().fail(failure));
  }

  private void count(int change) {
    inside += change;
    depth.accept(change);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private record Turn(JobUpdate update, Promise<Job> answer) {}

  /// Who is at one job: those whose updates are being written, and those behind them.
  private static final class Lane {
    final JobId id;
    final Queue<Turn> waiting = new ArrayDeque<>();
    List<Turn> taken = new ArrayList<>();

    Lane(JobId id) {
      this.id = id;
    }

    Job fold(Optional<Job> before, Instant at) {
      Optional<Job> job = before;
      for (Turn turn : taken) {
        job = Optional.of(Jobs.tell(job, turn.update(), at));
      }
      return job.orElseThrow();
    }

    List<Turn> takeTaken() {
      List<Turn> all = taken;
      taken = new ArrayList<>();
      return all;
    }
  }
}
