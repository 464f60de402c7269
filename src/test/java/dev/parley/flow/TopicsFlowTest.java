package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.api.JobsFace;
import dev.parley.api.Parley;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What connections subscribe to by name.
final class TopicsFlowTest {
  private static TestNode node;
  private static JobsFace jobs;

  @BeforeAll
  static void start() {
    node = TestNode.start();
    jobs = Parley.on(node.node().vertx()).jobs();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void everyAnswerNamesAllThatTheConnectionHears() {
    TestClient ann = node.client("ann");
    assertThat(topics(ann.ask(subscribe("jobs", "inventory"))))
        .containsExactly("inventory", "jobs");
    assertThat(topics(ann.ask(subscribe("jobs", "mine:1"))))
        .containsExactly("inventory", "jobs", "mine:1");
    assertThat(topics(ann.ask(unsubscribe("jobs", "never"))))
        .containsExactly("inventory", "mine:1");
    assertThat(topics(ann.ask(unsubscribe("inventory", "mine:1")))).isEmpty();
  }

  @Test
  void anEventComesOnceHoweverManyTopicsItHas() {
    TestClient ann = node.client("ann");
    ann.ask(subscribe("jobs", "all", "job:once"));
    ann.ask(new JsonObject().put("type", "job.subscribe"));
    Await.result(jobs.completed("once"));
    assertThat(ann.await("job.updated").getString("job_id")).isEqualTo("once");
    assertThat(ann.untilPong()).isEmpty();
    ann.ask(unsubscribe("jobs", "all"));
    ann.ask(new JsonObject().put("type", "job.unsubscribe"));
    Await.result(jobs.completed("other"));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void subscribingAndUnsubscribingHappenInTheOrderSent() {
    TestClient ann = node.client("ann");
    for (int i = 0; i < 20; i++) {
      ann.send(subscribe("jobs")).send(unsubscribe("jobs"));
      ann.send(new JsonObject().put("type", "job.subscribe"));
      ann.send(new JsonObject().put("type", "job.unsubscribe"));
    }
    assertThat(topics(ann.ask(subscribe("inventory")))).containsExactly("inventory");
    Await.result(jobs.completed("unheard"));
    assertThat(ann.untilPong()).isEmpty();
  }

  @Test
  void moreThanTheBoundIsRefusedAndChangesNothing() {
    TestClient ann = node.client("ann");
    ann.ask(subscribe(names(0, 300)));
    JsonObject refused = ann.ask(subscribe(names(300, 501)));
    assertThat(refused.getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(refused.getString("field")).isEqualTo("topics");
    assertThat(topics(ann.ask(subscribe(names(300, 500))))).hasSize(500);
    JsonObject job = new JsonObject().put("type", "job.subscribe").put("job_id", "j");
    assertThat(ann.ask(job).getString("code")).isEqualTo("VALIDATION_FAILED");
  }

  @Test
  void resumingTakesTopicsAlongAndPassesOverWhatIsNone() {
    TestClient ann = node.client("ann");
    ann.ask(subscribe("jobs"));
    ann.close();
    TestClient again = node.client("ann");
    JsonObject ok = again.ask(resume("jobs", "job:" + "j".repeat(128), "no topic"));
    assertThat(ok.getString("type")).isEqualTo("ok");
    assertThat(topics(ok)).containsExactly("jobs", "job:" + "j".repeat(128));
    Await.result(jobs.completed("resumed"));
    assertThat(again.await("job.updated").getString("job_id")).isEqualTo("resumed");
  }

  @Test
  void whoMayNotHearARoomMayNotHearItsTopicEither() {
    TestNode closed = TestNode.start("rooms.rules", "background_jobs=role:admin");
    try (closed) {
      TestClient ann = closed.client("ann");
      for (JsonObject command :
          List.of(
              subscribe("jobs"),
              subscribe("all"),
              subscribe("job:j"),
              new JsonObject().put("type", "job.subscribe"),
              new JsonObject().put("type", "job.subscribe").put("job_id", "j"),
              new JsonObject().put("type", "job.list"))) {
        assertThat(ann.ask(command).getString("code")).isEqualTo("PERMISSION_DENIED");
      }
      assertThat(topics(ann.ask(resume("jobs", "inventory")))).containsExactly("inventory");
      Await.result(Parley.on(closed.node().vertx()).jobs().completed("j"));
      assertThat(ann.untilPong()).isEmpty();
      TestClient root = closed.client("root", "admin");
      assertThat(topics(root.ask(subscribe("jobs")))).containsExactly("jobs");
    }
  }

  static JsonObject subscribe(String... topics) {
    return new JsonObject()
        .put("type", "topic.subscribe")
        .put("topics", new JsonArray(List.of(topics)));
  }

  private static JsonObject unsubscribe(String... topics) {
    return subscribe(topics).put("type", "topic.unsubscribe");
  }

  private static JsonObject resume(String... topics) {
    return new JsonObject()
        .put("type", "session.resume")
        .put("rooms", new JsonObject())
        .put("topics", new JsonArray(List.of(topics)));
  }

  private static String[] names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "t" + i).toArray(String[]::new);
  }

  private static List<String> topics(JsonObject ok) {
    return ok.getJsonArray("topics").stream().map(String.class::cast).toList();
  }
}
