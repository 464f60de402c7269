package dev.parley.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.TestTokens;
import dev.parley.kit.ServerProcess;
import dev.parley.kit.Shared;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `kill -9` at random moments under load, restart, resume: every acknowledged message is there,
/// once, in order. Rounds: `-Dparley.test.crashes=200`.
@ResourceLock(Shared.PROCESSES)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("parley.test.crashes", 6);
  private static final int ROOMS = 2;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Path directory = TestNode.newDirectory();
  private final List<Writer> writers =
      IntStream.range(0, 2 * ROOMS)
          .mapToObj(i -> new Writer("writer" + i, "r" + i % ROOMS))
          .toList();
  private final List<Watcher> watchers =
      IntStream.range(0, ROOMS).mapToObj(i -> new Watcher("watcher" + i, "r" + i)).toList();

  @Test
  void whatWasAcknowledgedSurvivesBeingKilled() {
    List<String> violations = run(ROUNDS);
    assertThat(violations).as("seed %d", seed).isEmpty();
    int acknowledged = writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
    assertThat(acknowledged).as("messages acknowledged").isGreaterThan(ROUNDS * 10);
    System.out.printf("%d kills, %d messages acknowledged, none lost%n", ROUNDS, acknowledged);
  }

  @Test
  void aServerThatAcknowledgesTooEarlyIsCaught() {
    assertThat(run(3, "bug=HASTY")).as("seed %d", seed).isNotEmpty();
  }

  private List<String> run(int rounds, String... options) {
    for (int round = 0; round < rounds; round++) {
      ServerProcess server = ServerProcess.start(arguments(options));
      CountDownLatch busy = new CountDownLatch(1 + random.nextInt(400));
      List<Thread> threads = startClients(server.port(), busy);
      awaitBusy(busy);
      server.kill();
      threads.forEach(CrashTest::join);
    }
    ServerProcess server = ServerProcess.start(arguments());
    try {
      writers.forEach(writer -> writer.finish(client(server.port(), writer.user())));
      return check(server.port());
    } finally {
      server.kill();
    }
  }

  private String[] arguments(String... options) {
    return Stream.concat(Stream.of("store.directory=" + directory), Stream.of(options))
        .toArray(String[]::new);
  }

  /// The moment to kill is after a random number of acknowledgements.
  private static void awaitBusy(CountDownLatch busy) {
    try {
      assertThat(busy.await(30, TimeUnit.SECONDS)).as("messages are acknowledged").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private List<Thread> startClients(int port, CountDownLatch busy) {
    List<Thread> threads = new ArrayList<>();
    writers.forEach(
        writer ->
            threads.add(
                Thread.startVirtualThread(() -> writer.work(client(port, writer.user()), busy))));
    watchers.forEach(
        watcher ->
            threads.add(
                Thread.startVirtualThread(() -> watcher.work(client(port, watcher.user())))));
    return threads;
  }

  private List<String> check(int port) {
    List<String> violations = new ArrayList<>();
    writers.forEach(writer -> violations.addAll(writer.violations()));
    for (Watcher watcher : watchers) {
      List<String> history = history(port, watcher.room());
      checkAcknowledged(watcher.room(), history, violations);
      if (new HashSet<>(history).size() != history.size()) {
        violations.add("a message is twice in " + watcher.room());
      }
      if (violations.isEmpty()) {
        watcher.finish(client(port, watcher.user()), history.size());
        violations.addAll(watcher.violations());
        if (!watcher.seen().equals(history)) {
          violations.add(watcher.user() + " saw something else than history has");
        }
      }
    }
    return violations;
  }

  private void checkAcknowledged(String room, List<String> history, List<String> violations) {
    for (Writer writer : writers) {
      if (writer.room().equals(room)) {
        writer
            .acknowledged()
            .forEach(
                (seq, id) -> {
                  if (seq > history.size() || !history.get((int) (seq - 1)).equals(id)) {
                    violations.add(
                        id + " was acknowledged as " + seq + " of " + room + " and is not there");
                  }
                });
      }
    }
  }

  /// The client message ids of all messages, in order of seq, which must have no gaps.
  private static List<String> history(int port, String room) {
    List<String> ids = new ArrayList<>();
    TestClient client = client(port, "reader");
    while (true) {
      JsonObject page =
          client.ask(
              new JsonObject()
                  .put("type", "chat.history")
                  .put("room", room)
                  .put("after", ids.size())
                  .put("limit", 200));
      JsonArray messages = page.getJsonArray("messages");
      for (int i = 0; i < messages.size(); i++) {
        assertThat(messages.getJsonObject(i).getLong("seq")).isEqualTo(ids.size() + 1);
        ids.add(messages.getJsonObject(i).getString("client_message_id"));
      }
      if (messages.isEmpty()) {
        return ids;
      }
    }
  }

  private static TestClient client(int port, String user) {
    return TestClient.connect(port, "/parley/v1?token=" + TestTokens.of(user));
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).as("a client is stuck").isFalse();
  }
}
