package dev.parley.flow;

import static dev.parley.flow.ChatFlowTest.join;
import static dev.parley.flow.ChatFlowTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.TestClient;
import dev.parley.TestNode;
import dev.parley.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Whatever is sent, by a hundred connections at once: no error of ours in the log, everything is
/// given back, and others notice nothing.
@Isolated("listens to the log of the process")
class GarbageFlowTest {
  private static final int CONNECTIONS = 100;

  private final long seed = System.nanoTime();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lean", "portable"})
  void garbageFromAHundredConnectionsHarmsNobody(String transport) throws InterruptedException {
    try (TestNode node =
        TestNode.start(
            "ws.transport",
            transport,
            "http.handshake_timeout",
            "1s",
            "auth.timeout",
            "1s",
            "ws.accept_rate",
            "10000")) {
      TestClient ann = join(node, "ann", "calm");
      TestClient bob = join(node, "bob", "calm");
      List<Thread> threads = startGarbage(node.port());
      for (int i = 1; i <= 50; i++) {
        assertThat(ann.ask(send("calm", "still here " + i)).getLong("seq")).isEqualTo(i);
        assertThat(bob.await("chat.message").getLong("seq")).isEqualTo(i);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      awaitConnections(node, 2);
      assertThat(
              log.list.stream()
                  .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                  .map(Object::toString))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  private List<Thread> startGarbage(int port) {
    Random random = new Random(seed);
    List<Garbage> kinds = List.of(Garbage.values());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Garbage garbage = kinds.get(i % kinds.size());
      Random own = new Random(random.nextLong());
      String path = "/parley/v1?token=" + TestTokens.of("rude" + i);
      threads.add(Thread.startVirtualThread(() -> garbage.pour(port, path, own)));
    }
    return threads;
  }

  private static void awaitConnections(TestNode node, int expected) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (node.node().connections() != expected && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(node.node().connections()).as("connections left").isEqualTo(expected);
  }
}
