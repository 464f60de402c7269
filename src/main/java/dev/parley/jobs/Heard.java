package dev.parley.jobs;

import dev.parley.protocol.Job;
import dev.parley.protocol.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/// When each live job was changed last, as this node read it: so that it is seen what is new in the
/// next reading. Shared by all shards of the node; any thread may ask.
public final class Heard {
  private final ConcurrentMap<JobId, Instant> known = new ConcurrentHashMap<>();

  /// @param jobs all live ones
  /// @return those that changed since somebody asked before
  List<Job> news(List<Job> jobs) {
    List<Job> news = jobs.stream().filter(this::isNews).toList();
    if (known.size() > jobs.size()) {
      Set<JobId> live = jobs.stream().map(Job::id).collect(Collectors.toSet());
      known.keySet().retainAll(live);
    }
    return news;
  }

  private boolean isNews(Job job) {
    Instant before = known.put(job.id(), job.updatedAt());
    if (before != null && before.isAfter(job.updatedAt())) {
      known.merge(job.id(), before, (one, other) -> one.isAfter(other) ? one : other);
      return false;
    }
    return before == null || before.isBefore(job.updatedAt());
  }
}
