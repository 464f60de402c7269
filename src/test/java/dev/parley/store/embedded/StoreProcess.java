package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.Starter;
import dev.parley.store.StoreMeters;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java process of the test's own that has a store open.
final class StoreProcess implements AutoCloseable {
  private static final String OPENED = "opened";

  private final Process process;
  private final BufferedReader lines;

  private StoreProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// Runs a main class with the test's class path; its errors go to the test's own.
  static StoreProcess running(Class<?> main, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new StoreProcess(builder.start());
  }

  /// A process that has the directory's store open until it is closed.
  static StoreProcess holding(Path directory) throws IOException {
    StoreProcess process = running(Holder.class, List.of(directory.toString()));
    assertThat(process.lines.lines().anyMatch(OPENED::equals)).isTrue();
    return process;
  }

  long pid() {
    return process.pid();
  }

  BufferedReader lines() {
    return lines;
  }

  /// Ends it as `kill -9` does; what it had printed can still be read.
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /// Opens the store of a directory and keeps it.
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      var options = Options.in(Path.of(arguments[0]));
      var result = await(EmbeddedStore.open(Vertx.vertx(), options, StoreMeters.NONE));
      System.out.println(result instanceof OpenResult.Opened ? OPENED : result);
      Starter.outliveNot();
    }
  }
}
