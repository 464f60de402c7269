package dev.parley.crash;

import dev.parley.CrashServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [CrashServer] in another process.
final class ServerProcess {
  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Returns when it listens.
  static ServerProcess start(Path directory, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), CrashServer.class.getName()));
    command.add(directory.toString());
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new ServerProcess(process, awaitPort(process));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  /// SIGKILL: nothing is finished, nothing is flushed.
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the server cannot be killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int awaitPort(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("LISTENING ")) {
        Thread.ofVirtual().start(() -> drain(output));
        return Integer.parseInt(line.substring(10));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("the server did not start:\n" + said);
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // Only so that the server never waits for its reader.
      }
    } catch (IOException e) {
      // The server is dead.
    }
  }
}
