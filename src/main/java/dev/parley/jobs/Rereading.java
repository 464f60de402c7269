package dev.parley.jobs;

import dev.parley.protocol.Job;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the live jobs; tells those who listen here what is new since the last reading, before
/// anybody gets an answer from it; and files what a node that died left unfiled.
final class Rereading {
  private static final Logger LOG = LoggerFactory.getLogger(Rereading.class);

  private final JobRecords records;
  private final Heard heard;
  private final JobNews news;
  private final InstantSource clock;

  Rereading(JobRecords records, Heard heard, JobNews news, InstantSource clock) {
    this.records = records;
    this.heard = heard;
    this.news = news;
    this.clock = clock;
  }

  Future<List<Kept>> read() {
    return records.live().onSuccess(this::onRead);
  }

  private void onRead(List<Kept> live) {
    List<Job> jobs = live.stream().map(Kept::job).toList();
    heard.news(jobs).forEach(news::repeatHere);
    Instant overdue = clock.instant().minus(JobRecords.LINGER.multipliedBy(2));
    live.stream().filter(kept -> isLeft(kept.job(), overdue)).forEach(this::file);
  }

  /// Nobody filed it in time.
  private static boolean isLeft(Job job, Instant overdue) {
    return job.status().isFinal() && job.updatedAt().isBefore(overdue);
  }

  void file(Kept kept) {
    records.file(kept).onFailure(failure -> onUnfiled(kept.job(), failure));
  }

  private static void onUnfiled(Job job, Throwable failure) {
    LOG.atDebug()
        .addKeyValue("id", job.id())
        .addKeyValue("error", failure.getMessage())
        .log("a finished job was not filed; that is done later");
  }
}
