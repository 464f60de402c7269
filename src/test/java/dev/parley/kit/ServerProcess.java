package dev.parley.kit;

import dev.parley.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A [TestServer] in another process.
public final class ServerProcess {
  private static final int LINES_KEPT = 200;

  private final Process process;
  private final PrintStream input;
  private final Semaphore obeyed = new Semaphore(0);
  private final Deque<String> said = new ArrayDeque<>();
  private int port;

  private ServerProcess(Process process) {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true);
  }

  /// Returns when it listens.
  ///
  /// @param arguments as [TestServer] takes them
  public static ServerProcess start(String... arguments) {
    ServerProcess server = launch(List.of(), List.of(arguments));
    server.awaitListening();
    return server;
  }

  /// Returns at once; [#awaitListening] says when it is there.
  ///
  /// @param prefix of the command line, such as that of another network
  public static ServerProcess launch(List<String> prefix, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TestServer.class.getName()));
    command.addAll(arguments);
    try {
      return new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public void awaitListening() {
    BufferedReader output = process.inputReader();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("LISTENING ")) {
          port = Integer.parseInt(line.substring(10));
          Thread _ = Thread.ofVirtual().start(() -> drain(output));
          return;
        }
        keep(line);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("the server did not start:\n" + said());
  }

  public int port() {
    return port;
  }

  /// Tells it something; returns when it has obeyed.
  public void tell(String command) {
    input.println(command);
    try {
      if (!obeyed.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the server does not obey " + command + ":\n" + said());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Tells it something.
  ///
  /// @return whether it has obeyed; not if it is dead
  public boolean tryTell(String command) {
    input.println(command);
    try {
      while (process.isAlive()) {
        if (obeyed.tryAcquire(50, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return obeyed.tryAcquire();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// SIGKILL: nothing is finished, nothing is flushed.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM; returns when it has gone.
  public void drain() {
    process.destroy();
    awaitEnd();
  }

  /// SIGSTOP: it does nothing, and does not know.
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    if (process.isAlive()) {
      signal("CONT");
    }
  }

  /// The last lines of its output.
  public String said() {
    synchronized (said) {
      return String.join("\n", said);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the server does not end:\n" + said());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("no signal " + name);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void drain(BufferedReader output) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(TestServer.OBEYED)) {
          obeyed.release();
        } else {
          keep(line);
        }
      }
    } catch (IOException e) {
      // The server is dead.
    }
  }

  private void keep(String line) {
    synchronized (said) {
      said.add(line);
      if (said.size() > LINES_KEPT) {
        said.removeFirst();
      }
    }
  }
}
