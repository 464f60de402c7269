package dev.parley.faults;

import dev.parley.TestClient;
import dev.parley.TestTokens;
import dev.parley.kit.Ports;
import dev.parley.kit.ServerProcess;
import dev.parley.kit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Three servers as one, each with a wire of its own to Redis.
final class Fleet implements AutoCloseable {
  static final int SIZE = 3;

  private static final int STARTS = 5;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Network network = Network.open(SIZE);
  private final RedisPair redis = new RedisPair();
  private final List<String> settings;
  private final List<Wire> wires = new ArrayList<>();
  private final List<Integer> ports = Ports.free(SIZE);
  private final List<Integer> clusterPorts = Ports.free(SIZE);
  private final AtomicReferenceArray<@Nullable ServerProcess> servers =
      new AtomicReferenceArray<>(SIZE);

  /// @param settings of all servers, `key=value`, as [dev.parley.TestServer] takes them
  Fleet(String... settings) {
    this.settings = List.of(settings);
    for (int i = 0; i < SIZE; i++) {
      wires.add(new Wire(redis.masterPort(), network.middle()));
    }
    IntStream.range(0, SIZE).forEach(this::launch);
    IntStream.range(0, SIZE).forEach(node -> server(node).awaitListening());
  }

  Network network() {
    return network;
  }

  RedisPair redis() {
    return redis;
  }

  /// A server's way to Redis.
  Wire wire(int node) {
    return wires.get(node);
  }

  /// All ways to Redis lead to the master of now.
  void rewire() {
    wires.forEach(wire -> wire.moveTo(redis.masterPort()));
  }

  void kill(int node) {
    server(node).kill();
  }

  /// Returns when it has let its clients go and ended.
  void drain(int node) {
    server(node).drain();
  }

  /// Starts one that ended, again where that fails, as whoever looks after servers does; returns
  /// when it listens.
  void start(int node) {
    for (int attempt = 1; ; attempt++) {
      try {
        launch(node);
        server(node).awaitListening();
        return;
      } catch (AssertionError failure) {
        if (attempt == STARTS) {
          throw failure;
        }
      }
    }
  }

  void pause(int node) {
    server(node).pause();
  }

  void resume(int node) {
    server(node).resume();
  }

  /// Tells all servers which faults their bus has.
  void tellAll(String command) {
    IntStream.range(0, SIZE).forEach(node -> server(node).tell(command));
  }

  /// A connection of this user.
  ///
  /// @throws RuntimeException if that server does not answer
  TestClient connect(int node, String user) {
    return TestClient.connect(
        network.addressOf(node), ports.get(node), "/parley/v1?token=" + TestTokens.of(user));
  }

  /// What a server answers to a GET, of whatever status.
  String get(int node, String path) {
    String address = "http://" + network.addressOf(node) + ":" + ports.get(node) + path;
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(5)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The last lines that each server said.
  String said() {
    StringBuilder all = new StringBuilder();
    for (int node = 0; node < SIZE; node++) {
      all.append("--- node ").append(node).append('\n').append(server(node).said()).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() {
    for (int node = 0; node < SIZE; node++) {
      ServerProcess server = servers.get(node);
      if (server != null) {
        server.resume();
        server.kill();
      }
    }
    wires.forEach(Wire::close);
    redis.close();
    network.close();
  }

  private ServerProcess server(int node) {
    ServerProcess server = servers.get(node);
    if (server == null) {
      throw new IllegalStateException("never started");
    }
    return server;
  }

  private void launch(int node) {
    String host = network.addressOf(node);
    List<String> arguments = new ArrayList<>();
    arguments.add("node.id=node" + node);
    arguments.add("http.host=" + host);
    arguments.add("http.port=" + ports.get(node));
    arguments.add("cluster.enabled=true");
    arguments.add("cluster.secret=one that all of them know");
    arguments.add("cluster.host=" + host);
    arguments.add("cluster.port=" + clusterPorts.get(node));
    arguments.add("cluster.members=" + members());
    arguments.add("store.redis.url=" + wires.get(node).url());
    arguments.add("limits.connections_per_ip=0");
    arguments.add("drain.delay=200ms");
    arguments.add("drain.window=500ms");
    arguments.addAll(settings);
    servers.set(node, ServerProcess.launch(network.prefixOf(node), arguments));
  }

  private String members() {
    return String.join(
        ",",
        IntStream.range(0, SIZE)
            .mapToObj(node -> network.addressOf(node) + ":" + clusterPorts.get(node))
            .toList());
  }
}
