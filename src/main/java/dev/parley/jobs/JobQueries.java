package dev.parley.jobs;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Answers how jobs stand, the latest update first. Belongs to one thread.
final class JobQueries {
  /// The most jobs in an answer, and the most bytes of their records.
  static final int MAX_LISTED = 1_000;

  static final int MAX_LISTED_BYTES = 512 << 10;

  private static final Comparator<Kept> LATEST_FIRST =
      Comparator.comparing((Kept kept) -> kept.job().updatedAt())
          .reversed()
          .thenComparing(kept -> kept.job().id().value());

  private static final String ALL = "";

  private final JobRecords records;
  private final SharedReads<String, List<Kept>> live;
  private final SharedReads<Optional<JobStatus>, List<Job>> lists;
  private final SharedReads<JobId, List<Job>> single;

  /// @param live reads those that go on, and those that finished a short while ago
  JobQueries(JobRecords records, Rereading live) {
    this.records = records;
    this.live = new SharedReads<>(_ -> live.read());
    this.lists = new SharedReads<>(this::read);
    this.single = new SharedReads<>(this::readOne);
  }

  /// Those with a status, or all that are not finished.
  Future<List<Job>> list(Optional<JobStatus> status) {
    return lists.of(status);
  }

  /// The one, if there is one.
  Future<List<Job>> one(JobId id) {
    return single.of(id);
  }

  /// Reads the live ones, for what is new about them.
  Future<?> look() {
    return live.of(ALL);
  }

  private Future<List<Job>> read(Optional<JobStatus> status) {
    Predicate<Kept> meant =
        kept -> status.map(kept.job().status()::equals).orElse(!kept.job().status().isFinal());
    Future<List<Kept>> here = live.of(ALL).map(all -> all.stream().filter(meant).toList());
    return status
        .filter(JobStatus::isFinal)
        .map(end -> here.compose(some -> addFiled(some, end)))
        .orElse(here)
        .map(JobQueries::list);
  }

  private Future<List<Kept>> addFiled(List<Kept> here, JobStatus status) {
    return records.filed(status, MAX_LISTED).map(filed -> join(here, filed));
  }

  private Future<List<Job>> readOne(JobId id) {
    return records.find(id).map(found -> found.map(Kept::job).stream().toList());
  }

  private static List<Kept> join(List<Kept> some, List<Kept> more) {
    Set<JobId> seen = new HashSet<>();
    return Stream.concat(some.stream(), more.stream())
        .filter(kept -> seen.add(kept.job().id()))
        .toList();
  }

  private static List<Job> list(List<Kept> kept) {
    List<Job> jobs = new ArrayList<>();
    int bytes = 0;
    for (Kept each : kept.stream().sorted(LATEST_FIRST).limit(MAX_LISTED).toList()) {
      bytes += each.bytes();
      if (bytes > MAX_LISTED_BYTES) {
        return jobs;
      }
      jobs.add(each.job());
    }
    return jobs;
  }
}
