package dev.parley.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.TestTokens;
import dev.parley.kit.ServerProcess;
import dev.parley.kit.Shared;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Clients that come, go and break off at random, and a server that is killed at random: whatever
/// was acknowledged reaches everybody it is for, and comes again only with the same id, where the
/// connection ended before it was confirmed. Rounds: `-Dparley.test.queue=100`.
@ResourceLock(Shared.PROCESSES)
class QueueCrashTest {
  private static final int ROUNDS = Integer.getInteger("parley.test.queue", 2);
  private static final String ROOM = "r";

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Path directory = TestNode.newDirectory();
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final List<Absentee> absentees =
      IntStream.range(0, 4).mapToObj(i -> new Absentee("absentee" + i, random.nextLong())).toList();
  private int spoken;

  @Test
  void whatWaitsIsNotLostAndComesAgainOnlyIfItWasNotConfirmed() {
    assertThat(run(ROUNDS, Duration.ofSeconds(15))).as("seed %d", seed).isEmpty();
    assertThat(said.size()).as("messages acknowledged").isGreaterThan(ROUNDS * 5);
    System.out.printf(
        "%d kills of the server, %d ends of clients, %d messages for %d users, %d of them from the"
            + " queue, %d repeated, none lost%n",
        ROUNDS,
        absentees.stream().mapToInt(Absentee::connections).sum(),
        said.size(),
        absentees.size(),
        absentees.stream().mapToInt(Absentee::queued).sum(),
        absentees.stream().mapToInt(Absentee::repeated).sum());
  }

  @Test
  void aServerThatTakesTooMuchForReceivedIsCaught() {
    assertThat(run(3, Duration.ofSeconds(4), "bug=CREDULOUS")).as("seed %d", seed).isNotEmpty();
  }

  private List<String> run(int rounds, Duration patience, String... options) {
    prepare(options);
    for (int round = 0; round < rounds; round++) {
      play(options);
    }
    finish(patience);
    List<String> violations = new ArrayList<>();
    absentees.forEach(each -> violations.addAll(each.violations()));
    return violations;
  }

  private ServerProcess startServer(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "store.directory=" + directory,
                "queue.max_size=1000",
                "queue.lease=1s",
                "queue.confirm_interval=100ms",
                "queue.mark_interval=100ms"));
    arguments.addAll(List.of(options));
    return ServerProcess.start(arguments.toArray(String[]::new));
  }

  private void prepare(String... options) {
    ServerProcess server = startServer(options);
    absentees.forEach(each -> each.join(server.port(), ROOM));
    server.kill();
  }

  /// The moment to kill is after a random number of acknowledgements.
  private void play(String... options) {
    ServerProcess server = startServer(options);
    CountDownLatch busy = new CountDownLatch(1 + random.nextInt(60));
    absentees.forEach(Absentee::onServerStarted);
    List<Thread> threads = new ArrayList<>();
    absentees.forEach(
        each -> threads.add(Thread.startVirtualThread(() -> each.work(server.port()))));
    threads.add(Thread.startVirtualThread(() -> chat(server.port(), busy)));
    threads.add(Thread.ofPlatform().start(() -> sendDirects(server, busy)));
    await(busy);
    server.kill();
    threads.forEach(QueueCrashTest::join);
  }

  private void chat(int port, CountDownLatch busy) {
    TestClient client = TestClient.connect(port, "/parley/v1?token=" + TestTokens.of("speaker"));
    while (client.isOpen()) {
      String id = "c" + spoken++;
      JsonObject message =
          new JsonObject()
              .put("type", "chat.send")
              .put("id", id)
              .put("room", ROOM)
              .put("content", id);
      boolean sent = client.trySend(message);
      while (sent && client.isOpen()) {
        if (client.poll(20).filter(frame -> isOk(frame, id)).isPresent()) {
          absentees.forEach(each -> each.expect(id));
          said.add(id);
          busy.countDown();
          break;
        }
      }
    }
  }

  private static boolean isOk(JsonObject frame, String id) {
    return "ok".equals(frame.getString("type")) && id.equals(frame.getString("id"));
  }

  private void sendDirects(ServerProcess server, CountDownLatch busy) {
    for (int i = 0; ; i++) {
      Absentee to = absentees.get(i % absentees.size());
      String key = to.nextKey();
      if (!server.tryTell("direct " + to.user() + " " + key)) {
        return;
      }
      to.expect(key);
      said.add(key);
      busy.countDown();
    }
  }

  /// All who are still missing something come once more.
  private void finish(Duration patience) {
    ServerProcess server = startServer();
    try {
      absentees.forEach(Absentee::onServerStarted);
      for (int pass = 0; pass < 2; pass++) {
        absentees.forEach(each -> finish(each, server.port(), patience));
      }
    } finally {
      server.kill();
    }
    Set<String> all = new HashSet<>(said);
    assertThat(all).isNotEmpty();
  }

  /// One violation is enough: whoever lost something waits for it in vain.
  private void finish(Absentee absentee, int port, Duration patience) {
    if (absentees.stream().allMatch(each -> each.violations().isEmpty())) {
      absentee.finish(port, patience);
    }
  }

  private static void await(CountDownLatch busy) {
    try {
      assertThat(busy.await(30, TimeUnit.SECONDS)).as("messages are acknowledged").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).as("a client is stuck").isFalse();
  }
}
