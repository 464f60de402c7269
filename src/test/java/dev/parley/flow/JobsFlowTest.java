package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.JobReport;
import dev.parley.api.JobState;
import dev.parley.api.JobsFace;
import dev.parley.api.Parley;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs as applications tell of them, and as clients watch them.
final class JobsFlowTest {
  static final JsonObject SUBSCRIBE = new JsonObject().put("type", "job.subscribe");

  private TestNode node;
  private JobsFace jobs;

  @BeforeEach
  void start() {
    node = TestNode.start();
    jobs = Parley.on(node.node().vertx()).jobs();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whoSubscribesGetsTheActiveJobsAndThenWhatHappens() {
    Await.result(jobs.update(JobReport.running("import", 10).named("Import").ownedBy("ann")));
    Await.result(jobs.completed("old"));
    TestClient bob = node.client("bob");
    JsonObject ok = bob.ask(SUBSCRIBE);
    assertThat(ids(ok.getJsonArray("jobs"))).containsExactly("import");
    assertThat(ok.getJsonArray("jobs").getJsonObject(0).getString("name")).isEqualTo("Import");
    Await.result(
        jobs.update(JobReport.completed("import").withResult(new JsonObject().put("n", 3))));
    JsonObject event = bob.await("job.updated");
    assertThat(event.getString("change")).isEqualTo("completed");
    assertThat(event.getDouble("progress")).isEqualTo(100);
    assertThat(event.getString("owner")).isEqualTo("ann");
    assertThat(event.getJsonObject("result")).isEqualTo(new JsonObject().put("n", 3));
    assertThat(bob.ask(new JsonObject().put("type", "job.unsubscribe")).getString("type"))
        .isEqualTo("ok");
    Await.result(jobs.running("another", 1));
    assertThat(bob.untilPong()).isEmpty();
  }

  @Test
  void oneJobIsWatchedApartFromTheOthers() {
    TestClient ann = node.client("ann");
    JsonObject one = SUBSCRIBE.copy().put("job_id", "mine");
    assertThat(ann.ask(one).getJsonArray("jobs")).isEmpty();
    Await.result(jobs.running("theirs", 1));
    Await.result(jobs.running("mine", 1));
    assertThat(ann.await("job.updated").getString("job_id")).isEqualTo("mine");
    Await.result(jobs.failed("mine", "no disk"));
    assertThat(ann.await("job.updated").getString("error")).isEqualTo("no disk");
    assertThat(ids(ann.ask(one).getJsonArray("jobs"))).containsExactly("mine");
    ann.ask(one.copy().put("type", "job.unsubscribe"));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void connectClientsReadTheirOwnWords() {
    Await.result(jobs.update(JobReport.running("job789", 45.5).named("Nightly")));
    Await.result(jobs.completed("done"));
    TestClient ann = node.connect("/ws/connect?token=" + node.token("ann"));
    ann.send(new JsonObject().put("type", "subscribe_job_updates"));
    JsonObject all = ann.await("job_updates");
    assertThat(ids(all.getJsonArray("jobs"))).containsExactly("job789");
    assertThat(all.getString("timestamp")).isNotNull();
    ann.send(new JsonObject().put("type", "get_active_jobs"));
    JsonObject active = ann.await("active_jobs");
    assertThat(active.getJsonArray("jobs")).isEqualTo(all.getJsonArray("jobs"));
    Await.result(jobs.cancelled("job789"));
    JsonObject change = ann.await("job_updates").getJsonArray("jobs").getJsonObject(0);
    assertThat(change.getString("status")).isEqualTo("cancelled");
    assertThat(change.getDouble("progress")).isEqualTo(45.5);
    ann.send(new JsonObject().put("type", "unsubscribe_job_updates"));
    Await.result(jobs.running("next", 1));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void aFinishedJobStaysFinishedAndIsAnsweredAsItIs() {
    Await.result(jobs.update(JobReport.running("j", 70).named("J")));
    assertThat(Await.result(jobs.running("j", 30)).progress()).isEqualTo(70);
    JobState failed = Await.result(jobs.failed("j", "broken"));
    assertThat(failed.isFinished()).isTrue();
    assertThat(Await.result(jobs.update(JobReport.completed("j").named("K")))).isEqualTo(failed);
    assertThat(Await.result(jobs.active())).isEmpty();
    assertThat(Await.result(jobs.with("failed"))).containsExactly(failed);
  }

  @Test
  void aBurstReachesASubscriberAtItsPaceWithOneEnd() {
    TestClient ann = node.client("ann");
    ann.ask(SUBSCRIBE);
    TestClient con = node.connect("/ws/connect?token=" + node.token("con"));
    con.send(new JsonObject().put("type", "subscribe_job_updates"));
    con.await("job_updates");
    long startedAt = System.nanoTime();
    Await.result(burst(jobs, "burst", 1_000));
    Await.result(jobs.completed("burst"));
    List<JsonObject> came = untilEnd(ann, "burst");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    assertPaced(came, millis);
    Await.result(jobs.running("burst", 5));
    assertThat(ann.untilPong()).isEmpty();
    assertThat(con.untilPong()).hasSize(came.size());
  }

  @Test
  void manySmallStepsComeAtFourASecond() {
    TestClient ann = node.client("ann");
    ann.ask(SUBSCRIBE);
    long startedAt = System.nanoTime();
    for (int i = 1; i <= 60; i++) {
      Await.result(jobs.running("steps", i));
      Await.result(node.node().vertx().timer(20, TimeUnit.MILLISECONDS));
    }
    Await.result(jobs.completed("steps"));
    List<JsonObject> came = untilEnd(ann, "steps");
    assertPaced(came, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
    assertThat(came).hasSizeGreaterThan(4);
  }

  @Test
  void jobsSurviveARestart() {
    Await.result(jobs.update(JobReport.running("long", 40).named("Long")));
    JobState done = Await.result(jobs.completed("done"));
    node.restart();
    jobs = Parley.on(node.node().vertx()).jobs();
    assertThat(Await.result(jobs.active())).extracting(JobState::jobId).containsExactly("long");
    assertThat(Await.result(jobs.with("completed"))).containsExactly(done);
    assertThat(Await.result(jobs.running("done", 1))).isEqualTo(done);
    JobState on = Await.result(jobs.running("long", 30));
    assertThat(on.progress()).isEqualTo(40);
    assertThat(on.name()).contains("Long");
  }

  @Test
  void applicationsHearOfEveryChange() throws InterruptedException {
    LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    node.node()
        .vertx()
        .eventBus()
        .<JsonObject>consumer("parley.events.jobs", message -> heard.add(message.body()));
    Await.result(jobs.pending("j", "J"));
    Await.result(jobs.running("j", 50));
    Await.result(jobs.completed("j"));
    for (String change : List.of("created", "updated", "completed")) {
      JsonObject event = Objects.requireNonNull(heard.poll(5, TimeUnit.SECONDS));
      assertThat(event.getString("type")).isEqualTo("job.updated");
      assertThat(event.getString("change")).isEqualTo(change);
    }
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    assertRefused(JobReport.running("j", 101));
    assertRefused(JobReport.running("no spaces", 1));
    assertRefused(JobReport.running("j", 1).named("n".repeat(257)));
    assertRefused(JobReport.failed("j", "e".repeat(2_049)));
    assertRefused(JobReport.completed("j").withResult("r".repeat(16 << 10)));
    assertRefused(JobReport.completed("j").withResult(nested(999)));
    assertRefused(JobReport.running("j", 1).ownedBy("no one"));
    assertInvalid(jobs.with("done"));
    assertThat(Await.result(jobs.active())).isEmpty();
  }

  private void assertRefused(JobReport report) {
    assertInvalid(jobs.update(report));
  }

  private static void assertInvalid(Future<?> future) {
    Await.until(future::isComplete, "it is answered");
    assertThat(future.cause())
        .isInstanceOfSatisfying(
            ReplyException.class,
            failure -> {
              assertThat(failure.getMessage()).isEqualTo("VALIDATION_FAILED");
              assertThat(failure.failureCode()).isEqualTo(422);
            });
  }

  private static JsonArray nested(int depth) {
    JsonArray inner = new JsonArray();
    for (int i = 1; i < depth; i++) {
      inner = new JsonArray().add(inner);
    }
    return inner;
  }

  /// Many updates at once, without waiting for one another.
  static Future<?> burst(JobsFace jobs, String id, int updates) {
    List<Future<JobState>> told = new ArrayList<>();
    for (int i = 0; i < updates; i++) {
      told.add(jobs.running(id, i * 100.0 / updates));
    }
    return Future.all(told);
  }

  /// Events of a job up to its end, and that nothing comes after.
  static List<JsonObject> untilEnd(TestClient client, String id) {
    List<JsonObject> came = new ArrayList<>();
    JsonObject last;
    do {
      last = client.await("job.updated");
      assertThat(last.getString("job_id")).isEqualTo(id);
      came.add(last);
    } while (!isFinal(last));
    assertThat(client.untilPong()).isEmpty();
    return came;
  }

  static void assertPaced(List<JsonObject> came, long millis) {
    assertThat(came.stream().map(each -> each.getDouble("progress"))).isSorted();
    assertThat(came.stream().map(each -> each.getString("updated_at"))).isSorted();
    assertThat(came.stream().filter(JobsFlowTest::isFinal)).hasSize(1);
    assertThat(came.size()).as("in %d ms", millis).isLessThanOrEqualTo((int) (millis / 250) + 2);
  }

  private static boolean isFinal(JsonObject event) {
    return List.of("completed", "failed", "cancelled").contains(event.getString("change"));
  }

  static List<String> ids(JsonArray jobs) {
    return jobs.stream().map(each -> ((JsonObject) each).getString("job_id")).toList();
  }
}
