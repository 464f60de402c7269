package dev.parley.jobs;

import static dev.parley.kit.DomainKit.admin;
import static dev.parley.kit.DomainKit.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.Await;
import dev.parley.bus.Addresses;
import dev.parley.config.Config;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.ListJobs;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobCommand.WatchJobs;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.JobKept;
import dev.parley.protocol.Reply.Jobs;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs on real event loops and a real store: two shards, and a second node's beside them.
final class JobsDomainTest {
  private static final Caller SERVICE =
      new Caller(
          new UserId("importer"),
          "importer",
          Optional.empty(),
          Set.of("service"),
          List.of(),
          false,
          Optional.empty());

  private static final Duration KEEP = Duration.ofMinutes(1);

  private final DomainKit kit = new DomainKit(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private final HastyStore store = new HastyStore(kit.store);

  @BeforeEach
  void deploy() {
    kit.deploy(jobs(0));
    kit.deploy(jobs(1));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  /// Each with knowledge of its own, as on nodes that share nothing but the store.
  private JobsVerticle jobs(int place) {
    return new JobsVerticle(
        place,
        kit.bus,
        store,
        Config.of("jobs.keep", "1m").jobs(),
        new Heard(),
        waiting::addAndGet,
        InstantSource.system());
  }

  @Test
  void whoMayTellOfJobs() {
    JobUpdate update = Updates.of("j", JobStatus.RUNNING, 1);
    assertThat(tell(0, SERVICE, update)).isInstanceOf(JobKept.class);
    assertThat(tell(0, admin("root"), update)).isInstanceOf(JobKept.class);
    assertThat(tell(0, user("ann"), update))
        .isInstanceOfSatisfying(
            Rejection.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
  }

  @Test
  void whatIsStoredIsToldToAllWhoHearOfIt() {
    tell(0, SERVICE, Updates.of("j", JobStatus.COMPLETED));
    var envelope = kit.awaitEnvelope(JobUpdated.class, _ -> true);
    assertThat(((JobUpdated) envelope.event()).change()).isEqualTo(Change.COMPLETED);
    assertThat(envelope.topics())
        .containsExactly(
            Topic.of(RoomName.BACKGROUND_JOBS),
            Topic.of(TopicName.JOBS),
            Topic.of(new TopicName("job:j")),
            Topic.of(TopicName.ALL));
  }

  /// Two that share nothing but the store take the updates of one job in turn.
  @Test
  void anyNodeMayTakeAnyUpdate() {
    List<Future<Outcome>> told = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      told.add(request(i % 2, SERVICE, Updates.of("j", JobStatus.RUNNING, i / 5.0)));
    }
    told.add(request(1, SERVICE, Updates.of("j", JobStatus.FAILED)));
    told.add(request(0, SERVICE, Updates.of("j", JobStatus.COMPLETED)));
    DomainKit.await(Future.all(told));
    assertThat(told).allMatch(each -> each.result() instanceof JobKept);
    List<JobUpdated> events = kit.published(JobUpdated.class);
    assertThat(events.stream().map(each -> each.job().updatedAt()).distinct())
        .hasSameSizeAs(events);
    List<JobUpdated> inOrder =
        events.stream()
            .sorted((one, other) -> one.job().updatedAt().compareTo(other.job().updatedAt()))
            .toList();
    assertThat(inOrder.stream().map(each -> each.job().progress())).isSorted();
    assertThat(inOrder.stream().filter(each -> each.change().isLast())).hasSize(1);
    assertThat(inOrder.getLast().change().isLast()).isTrue();
    assertThat(waiting).hasValue(0);
  }

  @Test
  void tenThousandSubscribersAtOnceReadTheStoreAFewTimes() {
    tell(0, SERVICE, Updates.of("j", JobStatus.RUNNING, 1));
    Promise<Void> readable = Promise.promise();
    store.holdReads(readable.future());
    store.reads.set(0);
    List<Future<Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      asked.add(kit.request(Addresses.jobs(0), user("u" + i), new WatchJobs(Optional.empty())));
      asked.add(
          kit.request(
              Addresses.jobs(0), user("u" + i), new WatchJobs(Optional.of(new JobId("j")))));
    }
    tell(0, user("last"), Updates.of("j", JobStatus.RUNNING)); // refused once all have asked
    readable.complete();
    DomainKit.await(Future.all(asked));
    assertThat(asked).allMatch(each -> ((Jobs) each.result()).jobs().size() == 1);
    assertThat(store.reads.get()).isLessThan(20);
  }

  @Test
  void manyFinishedOnesDoNotSlowTheListOfActiveOnes() {
    store.hasten(JobRecords.LINGER);
    List<Future<Outcome>> told = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      told.add(request(0, SERVICE, Updates.of("done" + i, JobStatus.COMPLETED)));
    }
    DomainKit.await(Future.all(told));
    tell(0, SERVICE, Updates.of("on", JobStatus.PENDING));
    awaitLive(1);
    assertThat(ids(list(Optional.empty()))).containsExactly("on");
    assertThat(list(Optional.of(JobStatus.COMPLETED))).hasSize(JobQueries.MAX_LISTED);
  }

  @Test
  void finishedOnesAreListedByStatusTheLatestFirstAndForgottenInTime() {
    store.hasten(JobRecords.LINGER);
    for (String id : List.of("a", "b", "c")) {
      tell(0, SERVICE, Updates.of(id, JobStatus.FAILED));
    }
    tell(0, SERVICE, Updates.of("d", JobStatus.COMPLETED));
    assertLatestFirst(list(Optional.of(JobStatus.FAILED)), "a", "b", "c");
    awaitLive(0);
    assertLatestFirst(list(Optional.of(JobStatus.FAILED)), "a", "b", "c");
    assertThat(kept(1, Updates.of("a", JobStatus.RUNNING)).status()).isEqualTo(JobStatus.FAILED);
    store.hasten(KEEP);
    tell(0, SERVICE, Updates.of("e", JobStatus.FAILED));
    tell(0, SERVICE, Updates.of("f", JobStatus.RUNNING));
    assertLatestFirst(list(Optional.of(JobStatus.FAILED)), "a", "b", "c");
    assertThat(list(Optional.empty())).isEmpty();
    assertThat(kept(1, Updates.of("e", JobStatus.RUNNING)).status()).isEqualTo(JobStatus.RUNNING);
  }

  /// Of those that were told in the same millisecond any may come first.
  private static void assertLatestFirst(List<Job> jobs, String... ids) {
    assertThat(ids(jobs)).containsExactlyInAnyOrder(ids);
    assertThat(jobs).isSortedAccordingTo(Comparator.comparing(Job::updatedAt).reversed());
  }

  @Test
  void answersAreBoundedInBytes() {
    for (int i = 0; i < 40; i++) {
      tell(0, SERVICE, Updates.withResult("j" + i, JobStatus.RUNNING, "r".repeat(16_000)));
    }
    assertThat(list(Optional.empty())).hasSize(JobQueries.MAX_LISTED_BYTES / 16_300);
  }

  @Test
  void whileTheStoreIsDownUpdatesAreRefusedAndTheNextOneGoesOn() {
    tell(0, SERVICE, Updates.of("j", JobStatus.RUNNING, 30));
    kit.store.setBroken(true);
    assertThat(tell(0, SERVICE, Updates.of("j", JobStatus.RUNNING, 40)))
        .isEqualTo(Rejection.unavailable());
    kit.store.setBroken(false);
    assertThat(kept(0, Updates.of("j", JobStatus.RUNNING, 20)).progress()).isEqualTo(30);
    assertThat(waiting).hasValue(0);
  }

  private void awaitLive(int count) {
    JobRecords records = new JobRecords(store.records(), KEEP);
    Await.until(
        () -> DomainKit.await(records.live()).size() == count, "the finished ones are filed");
  }

  private Job kept(int place, JobUpdate update) {
    return ((JobKept) tell(place, SERVICE, update)).job();
  }

  @CanIgnoreReturnValue
  private Outcome tell(int place, Caller caller, JobUpdate update) {
    return DomainKit.await(request(place, caller, update));
  }

  private Future<Outcome> request(int place, Caller caller, JobUpdate update) {
    return kit.request(Addresses.jobs(place), caller, new UpdateJob(update));
  }

  private List<Job> list(Optional<JobStatus> status) {
    return kit.ask(Addresses.jobs(0), user("ann"), new ListJobs(status), Jobs.class).jobs();
  }

  private static List<String> ids(List<Job> jobs) {
    return jobs.stream().map(job -> job.id().value()).toList();
  }
}
