package dev.parley.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real redis-server, from the PATH, on a free port and in a directory of its own, with an
/// append-only file. It ends with the test or with the process.
public final class RedisServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final List<String> DURABLE =
      List.of(
          "--appendonly", "yes",
          "--appendfsync", "everysec",
          "--save", "",
          "--repl-diskless-sync-delay", "0",
          "--enable-debug-command", "yes");

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Process process;

  private RedisServer(Path directory, int port, List<String> settings) {
    this.directory = directory;
    this.port = port;
    this.settings = settings;
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /// Where redis-server is, if it is on the PATH.
  public static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param settings as on its command line, besides those that every one has
  public static RedisServer start(String... settings) {
    List<String> all = Stream.concat(DURABLE.stream(), Stream.of(settings)).toList();
    var server = new RedisServer(newDirectory(), freePort(), all);
    server.awaitAnswer();
    return server;
  }

  /// A Sentinel that watches a master on this machine, as `mymaster`, and decides alone.
  public static RedisServer startSentinel(int master) {
    Path directory = newDirectory();
    Path file = directory.resolve("sentinel.conf");
    try {
      Files.writeString(
          file,
          """
          sentinel monitor mymaster 127.0.0.1 %d 1
          sentinel down-after-milliseconds mymaster 500
          sentinel failover-timeout mymaster 2000
          """
              .formatted(master));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sentinel = new RedisServer(directory, freePort(), List.of(file.toString(), "--sentinel"));
    sentinel.awaitAnswer();
    return sentinel;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /// Ends it at once, as a crash does.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Starts it again on what its files hold.
  public void restart() {
    process = launch();
    awaitAnswer();
  }

  /// Starts it again with nothing.
  public void restartEmpty() {
    removeFiles();
    restart();
  }

  /// Lets it do nothing, as if it hung (SIGSTOP).
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  /// Sends one command.
  ///
  /// @return the answer as text: a list as lines, an error as `-…`
  public String ask(String... command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) DEADLINE.toMillis());
      send(socket.getOutputStream(), command);
      return answer(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `INFO` says of a field.
  public String info(String field) {
    return ask("INFO", "everything")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    delete(directory);
  }

  private Process launch() {
    var command = new ArrayList<String>();
    command.add(find().orElseThrow().toString());
    command.addAll(settings);
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString()));
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("redis.log").toFile())
              .start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!answers()) {
      assertThat(System.nanoTime()).as("redis-server did not start").isLessThan(end);
      assertThat(process.isAlive()).as("redis-server ended, see redis.log").isTrue();
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try {
      String answer = ask("PING");
      return answer.equals("PONG") || answer.startsWith("-NOAUTH");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private void awaitEnd() {
    try {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(status).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(OutputStream out, String... command) throws IOException {
    var text = new StringBuilder("*" + command.length + "\r\n");
    for (String word : command) {
      int bytes = word.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> bulk(in, Integer.parseInt(rest));
      case '*' -> list(in, Integer.parseInt(rest));
      default -> line;
    };
  }

  private static String bulk(InputStream in, int length) throws IOException {
    if (length < 0) {
      return "";
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    in.skipNBytes(2);
    return text;
  }

  private static String list(InputStream in, int length) throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < length; i++) {
      lines.add(answer(in));
    }
    return String.join("\n", lines);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    int next = in.read();
    while (next != '\r') {
      if (next < 0) {
        throw new IOException("redis-server closed the connection");
      }
      line.append((char) next);
      next = in.read();
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private void removeFiles() {
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(RedisServer::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newDirectory() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "parley-redis")
          : Files.createTempDirectory("parley-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int freePort() {
    return Ports.free(1).getFirst();
  }
}
