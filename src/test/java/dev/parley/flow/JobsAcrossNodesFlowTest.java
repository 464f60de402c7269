package dev.parley.flow;

import static dev.parley.flow.JobsFlowTest.SUBSCRIBE;
import static dev.parley.flow.JobsFlowTest.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.bus.Addresses;
import dev.parley.bus.Shards;
import dev.parley.kit.NeedsRedis;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobCommand.UpdateJob;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Jobs of two nodes over one Redis: any node takes any update, and who watches anywhere sees one
/// story.
@ExtendWith(NeedsRedis.class)
final class JobsAcrossNodesFlowTest {
  private static TestCluster cluster;
  private static TestNode one;
  private static TestNode two;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    one = cluster.start();
    two = cluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aBurstToldToBothNodesIsOneStoryForSubscribersOfBoth() {
    List<TestClient> watchers = List.of(one.client("ann"), two.client("bob"));
    watchers.forEach(each -> each.ask(SUBSCRIBE.copy().put("job_id", "both")));
    long startedAt = System.nanoTime();
    List<Future<?>> told = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      told.add(tell(i % 2 == 0 ? one : two, "both", JobStatus.RUNNING, i / 10.0));
    }
    Await.result(Future.all(told));
    Await.result(tell(two, "both", JobStatus.COMPLETED, 100));
    for (TestClient watcher : watchers) {
      List<JsonObject> came = JobsFlowTest.untilEnd(watcher, "both");
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
      JobsFlowTest.assertPaced(came, millis);
    }
  }

  @Test
  void aJobFinishedAtOneNodeIsFinishedAtAll() {
    Await.result(tell(one, "shared", JobStatus.RUNNING, 20));
    Job end = Await.result(tell(two, "shared", JobStatus.FAILED, 10));
    assertThat(end.progress()).isEqualTo(20);
    assertThat(Await.result(tell(one, "shared", JobStatus.RUNNING, 90))).isEqualTo(end);
  }

  /// The other node says nothing before it knows that somebody listens.
  @Test
  void whatHappensBeforeTheOtherNodeKnowsOfASubscriberIsFound() {
    Await.result(tell(one, "early", JobStatus.RUNNING, 20));
    TestClient bob = two.client("bob");
    JsonObject watch = SUBSCRIBE.copy().put("job_id", "early");
    assertThat(ids(bob.ask(watch).getJsonArray("jobs"))).containsExactly("early");
    Await.result(tell(one, "early", JobStatus.COMPLETED, 100));
    assertThat(JobsFlowTest.untilEnd(bob, "early"))
        .as("what is known may be said again, what is new is said once")
        .filteredOn(event -> event.getDouble("progress") != 20)
        .hasSize(1);
  }

  @Test
  void topicsAreHeardFromTheOtherNodeOncePerConnection() {
    TestClient bob = two.client("bob");
    bob.ask(TopicsFlowTest.subscribe("jobs", "all", "job:topical"));
    bob.ask(SUBSCRIBE);
    Await.result(tell(one, "topical", JobStatus.CANCELLED, 0));
    JsonObject event =
        bob.await(frame -> "topical".equals(frame.getString("job_id")), "the event of the job");
    assertThat(event.getString("change")).isEqualTo("cancelled");
    assertThat(bob.untilPong()).noneMatch(frame -> "topical".equals(frame.getString("job_id")));
  }

  /// At this node and no other.
  private static Future<Job> tell(TestNode node, String id, JobStatus status, double progress) {
    JobId job = new JobId(id);
    JobUpdate update =
        new JobUpdate(
            job,
            status,
            Optional.of(progress),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            JsonValue.NULL);
    return node.node()
        .vertx()
        .eventBus()
        .<Outcome>request(
            Addresses.jobs(new Shards(2).of(job)),
            new Request(Caller.SERVER, new UpdateJob(update)),
            new DeliveryOptions().setLocalOnly(true).setCodecName("parley.Request"))
        .map(answer -> ((Reply.JobKept) answer.body()).job());
  }
}
