package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.observe.Meters;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.Change;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import dev.parley.store.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Topics by name, on two loops: what is said to other nodes of who listens, and what comes.
final class ListeningTest {
  private static final int LOOPS = 2;
  private static final TopicName JOBS = TopicName.JOBS;
  private static final Instant AT = Instant.EPOCH;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final CountingNeighbours others = new CountingNeighbours();
  private final Hub hub =
      new Hub(
          vertx,
          new MemoryStore().log(),
          others,
          FeedLimits.DEFAULT,
          LOOPS,
          new Meters(new SimpleMeterRegistry()));
  private final List<LoopFeed> feeds = new ArrayList<>();

  @BeforeEach
  void attachLoops() {
    for (int i = 0; i < LOOPS; i++) {
      Await.result(vertx.deployVerticle(new Attaching()));
    }
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void whatIsSaidToOtherNodesIsTakenBackOnce() {
    Ear one = new Ear("c1");
    Ear two = new Ear("c2");
    on(0, feed -> feed.listen(one, JOBS));
    on(0, feed -> feed.listen(one, JOBS));
    on(1, feed -> feed.listen(two, JOBS));
    assertThat(others.listening(Topic.of(JOBS))).isEqualTo(2);
    on(0, feed -> feed.ignore(two, JOBS));
    on(0, feed -> feed.ignore(one, JOBS));
    on(0, feed -> feed.ignore(one, JOBS));
    on(1, feed -> feed.ignore(two, JOBS));
    assertThat(others.listening(Topic.of(JOBS))).isZero();
    hub.publish(job("j", 1, JobStatus.COMPLETED));
    settle();
    assertThat(one.heard).isEmpty();
    assertThat(two.heard).isEmpty();
  }

  @Test
  void anEventOfSeveralTopicsComesOncePerConnection() {
    Ear both = new Ear("c1");
    Ear none = new Ear("c2");
    on(0, feed -> feed.listen(both, JOBS));
    on(0, feed -> feed.listen(both, TopicName.ALL));
    on(1, feed -> feed.listen(none, TopicName.VMS));
    hub.publish(job("j", 1, JobStatus.COMPLETED));
    settle();
    assertThat(both.heard).hasSize(1);
    assertThat(none.heard).isEmpty();
  }

  /// Published from several threads in any order, and told by another node besides: one rising
  /// story for everybody here, and no more to the other nodes than to these.
  @Test
  void burstsFromAllSidesComeAtTheirPaceAndEndOnce() {
    long seed = System.nanoTime();
    Ear one = new Ear("c1");
    Ear two = new Ear("c2");
    on(0, feed -> feed.listen(one, JOBS));
    on(1, feed -> feed.listen(two, TopicName.ALL));
    List<Envelope> told = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      told.add(job("j", i, i == 2_000 ? JobStatus.COMPLETED : JobStatus.RUNNING));
    }
    shuffleSome(told, new Random(seed));
    long startedAt = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int first = thread;
      threads.add(Thread.ofVirtual().start(() -> tell(told, first)));
    }
    threads.forEach(ListeningTest::join);
    Await.until(() -> one.hasEnd() && two.hasEnd(), "the end of the job comes");
    settle();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    for (Ear ear : List.of(one, two)) {
      List<Instant> times = ear.jobs().stream().map(Job::updatedAt).toList();
      assertThat(times).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
      assertThat(times.size()).isLessThanOrEqualTo((int) (millis / 250) + 2);
      assertThat(ear.jobs().getLast().status()).isEqualTo(JobStatus.COMPLETED);
    }
    assertThat(others.forwarded).hasSizeLessThanOrEqualTo(one.heard.size());
  }

  private void tell(List<Envelope> told, int first) {
    for (int i = first; i < told.size(); i += 4) {
      if (first == 3) {
        hub.deliver(told.get(i)); // as another node's
      } else {
        hub.publish(told.get(i));
      }
    }
  }

  private static void shuffleSome(List<Envelope> told, Random random) {
    for (int i = 0; i + 20 < told.size(); i += 20) {
      Collections.shuffle(told.subList(i, i + 20), random);
    }
  }

  private static Envelope job(String id, int second, JobStatus status) {
    Job job =
        new Job(
            new JobId(id),
            status,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            JsonValue.NULL,
            AT,
            AT.plusSeconds(second));
    Change change = status.isFinal() ? Change.COMPLETED : Change.UPDATED;
    return Envelope.ephemeral(
        new JobUpdated(job, change),
        List.of(
            Topic.of(RoomName.BACKGROUND_JOBS),
            Topic.of(JOBS),
            Topic.of(TopicName.of(job.id())),
            Topic.of(TopicName.ALL)));
  }

  private void on(int loop, Consumer<LoopFeed> work) {
    LoopFeed feed = feeds.get(loop);
    Await.result(
        Future.<Void>future(
            done ->
                feed.loop()
                    .post(
                        () -> {
                          work.accept(feed);
                          done.complete();
                        })));
  }

  /// Longer than the way from loop to loop, which may take two turns.
  private void settle() {
    for (int turn = 0; turn < 4; turn++) {
      on(0, _ -> {});
      on(1, _ -> {});
    }
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Attaching extends VerticleBase {
    @Override
    public Future<?> start() {
      feeds.add(hub.attachLoop());
      return Future.succeededFuture();
    }
  }

  private static final class Ear extends FakeSubscriber {
    final List<Envelope> heard = Collections.synchronizedList(new ArrayList<>());

    Ear(String connection) {
      super(connection, "u" + connection);
    }

    List<Job> jobs() {
      synchronized (heard) {
        return heard.stream().map(each -> ((JobUpdated) each.event()).job()).toList();
      }
    }

    boolean hasEnd() {
      return jobs().stream().anyMatch(job -> job.status().isFinal());
    }

    @Override
    public void deliver(Delivery delivery) {
      heard.add(delivery.envelope());
    }

    @Override
    public void replay(Envelope envelope) {
      throw new AssertionError("nothing is durable here");
    }

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public void whenDrained(Runnable next) {
      next.run();
    }

    @Override
    public void onCatchUpFailed() {
      throw new AssertionError("nobody catches up here");
    }
  }

  private static final class CountingNeighbours implements Neighbours {
    final List<Envelope> forwarded = Collections.synchronizedList(new ArrayList<>());
    private final Map<Topic, Integer> counts = new ConcurrentHashMap<>();

    int listening(Topic topic) {
      return counts.getOrDefault(topic, 0);
    }

    @Override
    public void forward(Envelope envelope) {
      forwarded.add(envelope);
    }

    @Override
    public void onListening(Topic topic) {
      counts.merge(topic, 1, Integer::sum);
    }

    @Override
    public void onSilent(Topic topic) {
      counts.merge(topic, -1, Integer::sum);
    }

    @Override
    public boolean isHeard(Topic topic) {
      return false;
    }
  }
}
