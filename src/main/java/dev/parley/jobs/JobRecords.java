package dev.parley.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.Fields;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobJson;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.store.Records;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The jobs in the store.
///
/// A job is one record under `live/`, changed by compare-and-set; the change that finishes it is
/// the last. Then it is filed under its status and the time of its end, latest first, with a
/// pointer to that by its id; after both are stored the record under `live/` lingers for a while
/// and expires. So a list of those that go on reads no old ones, and whoever breaks off in between
/// leaves what any node can finish: filing it again does nothing.
final class JobRecords {
  /// How long a finished job still is among the live ones: long enough for every node to see it
  /// there.
  static final Duration LINGER = Duration.ofSeconds(15);

  /// More live jobs than this are not listed.
  static final int MAX_LIVE = 10_000;

  private static final StreamId SCOPE = StreamId.JOBS;
  private static final String LIVE = "live/";
  private static final String FILED = "filed/";
  private static final String POINTER = "pointer/";
  private static final int PAGE = 1_000;

  private final Records records;
  private final Duration keep;

  JobRecords(Records records, Duration keep) {
    this.records = records;
    this.keep = keep;
  }

  Future<Optional<Kept>> find(JobId id) {
    return records
        .get(SCOPE, LIVE + id)
        .compose(
            live ->
                live.isPresent()
                    ? Future.succeededFuture(live.map(JobRecords::toKept))
                    : findFiled(id));
  }

  private Future<Optional<Kept>> findFiled(JobId id) {
    return records
        .get(SCOPE, POINTER + id)
        .compose(
            pointer ->
                pointer.isPresent()
                    ? records.get(SCOPE, new String(pointer.get().value(), UTF_8))
                    : Future.succeededFuture(Optional.<StoredRecord>empty()))
        .map(filed -> filed.map(JobRecords::toKept));
  }

  /// Writes a job that is not filed yet, if nobody else did.
  ///
  /// @param version of the record it follows; 0 if it is new
  Future<PutResult> put(Job job, long version) {
    return records.put(
        SCOPE, LIVE + job.id(), toBytes(job), OptionalLong.of(version), expiry(job, keep));
  }

  /// What [PutResult.Stale] brought.
  static Kept toKept(StoredRecord record) {
    return new Kept(read(record.value()), record.version(), record.value().length);
  }

  /// Files a finished job. Repeating it does nothing.
  Future<Void> file(Kept kept) {
    Job job = kept.job();
    String place =
        FILED + job.status().word() + "/" + newestFirst(job.updatedAt()) + "/" + job.id();
    return records
        .put(SCOPE, place, toBytes(job), OptionalLong.empty(), expiry(job, keep))
        .compose(_ -> point(job, place))
        .compose(_ -> linger(kept))
        .mapEmpty();
  }

  private Future<PutResult> point(Job job, String place) {
    return records.put(
        SCOPE, POINTER + job.id(), place.getBytes(UTF_8), OptionalLong.empty(), expiry(job, keep));
  }

  private Future<PutResult> linger(Kept kept) {
    Job job = kept.job();
    return records.put(
        SCOPE, LIVE + job.id(), toBytes(job), OptionalLong.of(kept.version()), expiry(job, LINGER));
  }

  /// Those that go on and those that finished a short while ago, by id; at most [#MAX_LIVE].
  Future<List<Kept>> live() {
    return addPage("", new ArrayList<>());
  }

  private Future<List<Kept>> addPage(String after, List<Kept> found) {
    return records
        .scan(SCOPE, LIVE, after, PAGE)
        .compose(
            page -> {
              page.forEach(record -> found.add(toKept(record)));
              return page.size() < PAGE || found.size() >= MAX_LIVE
                  ? Future.succeededFuture(found)
                  : addPage(page.getLast().key(), found);
            });
  }

  /// Finished jobs with a status, the latest first.
  Future<List<Kept>> filed(JobStatus status, int limit) {
    return records
        .scan(SCOPE, FILED + status.word() + "/", "", limit)
        .map(page -> page.stream().map(JobRecords::toKept).toList());
  }

  private static Optional<Instant> expiry(Job job, Duration after) {
    return Optional.of(job.updatedAt().plus(after));
  }

  /// Keys are read by code point: a later time must come first.
  private static String newestFirst(Instant at) {
    return "%016x".formatted(Long.MAX_VALUE - at.toEpochMilli());
  }

  private static byte[] toBytes(Job job) {
    return JsonFormat.TEXT.encode(
        out -> {
          JobJson.write(out.object(), job);
          out.end();
        });
  }

  private static Job read(byte[] json) {
    try {
      return JobJson.read(new Fields(JsonFormat.TEXT.decode(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
