package dev.parley;

import dev.parley.bus.MessageBus;
import dev.parley.config.Config;
import dev.parley.kit.Ports;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Topic;
import dev.parley.store.Store;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// A real server on a free port, with a data directory of its own that can outlive it.
public final class TestNode implements AutoCloseable {
  private final Path directory;
  private final List<String> settings;
  private final List<AutoCloseable> clients = new ArrayList<>();
  private Node node;
  private final int port;
  private boolean running = true;

  private final UnaryOperator<Store> around;

  private TestNode(Path directory, List<String> settings, UnaryOperator<Store> around) {
    this.directory = directory;
    this.settings = settings;
    this.around = around;
    this.node = start(settings);
    this.port = node.port();
  }

  /// @param keysAndValues of the configuration, as in the file
  public static TestNode start(String... keysAndValues) {
    return startIn(newDirectory(), keysAndValues);
  }

  /// Starts on the data that an earlier one left.
  public static TestNode startIn(Path directory, String... keysAndValues) {
    return startOn(UnaryOperator.identity(), directory, keysAndValues);
  }

  /// @param around what is put around its store
  public static TestNode startOn(
      UnaryOperator<Store> around, Path directory, String... keysAndValues) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "http.port",
                Ports.free(1).getFirst().toString(),
                "node.event_loops",
                "2",
                "auth.secret",
                TestTokens.SECRET,
                "drain.delay",
                "0s",
                "drain.window",
                "0s",
                "store.directory",
                directory.toString()));
    settings.addAll(List.of(keysAndValues));
    return new TestNode(directory, settings, around);
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory;
  }

  public Node node() {
    return node;
  }

  /// Waits until this node knows of another one where somebody listens to a topic.
  public void awaitHeardElsewhere(Topic topic) {
    Await.until(() -> node.isHeardElsewhere(topic), "it is known who listens to " + topic);
  }

  /// The node's bus, for what a test puts beside its domains.
  public MessageBus bus() {
    return node.bus();
  }

  /// Brings an event to whom it is for, as a domain would.
  public void publish(Envelope envelope) {
    bus().publish(envelope);
  }

  public String token(String user, String... roles) {
    return token(user, Duration.ofHours(1), roles);
  }

  public String token(String user, Duration lifetime, String... roles) {
    return TestTokens.of(user, lifetime, roles);
  }

  /// A native client of this user, welcomed and open.
  public TestClient client(String user, String... roles) {
    TestClient client = connect("/parley/v1?token=" + token(user, roles));
    client.await("welcome");
    List<JsonObject> _ = client.untilPong();
    return client;
  }

  public TestClient connect(String pathAndQuery) {
    TestClient client = TestClient.connect(port(), pathAndQuery);
    clients.add(client);
    return client;
  }

  /// An encrypted connection.
  public TestClient connect(SSLContext trust, String pathAndQuery) {
    TestClient client = TestClient.connect(trust, port(), pathAndQuery);
    clients.add(client);
    return client;
  }

  /// Stops the server; its data stays.
  public void stop() {
    if (running) {
      running = false;
      clients.forEach(TestNode::closeQuietly);
      Await.result(node.close());
    }
  }

  /// Lets the clients go, then stops, as SIGTERM would.
  public void drain() {
    running = false;
    Await.result(node.stop());
    clients.forEach(TestNode::closeQuietly);
  }

  /// Waits until the server has stopped, as somebody told it to; removes its data.
  public void awaitStopped() {
    running = false;
    Await.result(node.stopped());
    clients.forEach(TestNode::closeQuietly);
    remove(directory);
  }

  /// Starts the server again, on the same port and data.
  public void restart() {
    stop();
    List<String> same = new ArrayList<>(settings);
    same.addAll(List.of("http.port", Integer.toString(port)));
    node = start(same);
    running = true;
  }

  private Node start(List<String> settings) {
    return Await.result(Node.start(Config.of(settings.toArray(String[]::new)), around));
  }

  /// Stops the server and removes its data.
  @Override
  public void close() {
    stop();
    remove(directory);
  }

  public static Path newDirectory() {
    try {
      return Files.createTempDirectory("parley-test");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void closeQuietly(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
