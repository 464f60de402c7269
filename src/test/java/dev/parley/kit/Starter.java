package dev.parley.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// The process that started this one, and holds the other end of its input.
public final class Starter {
  private Starter() {}

  /// Ends this process, as a kill would, when the one that started it is gone, however that ended.
  public static void outliveNot() throws IOException {
    obey(line -> {});
  }

  /// Does what it says, line by line, and does not outlive it.
  public static void obey(Consumer<String> command) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      command.accept(line);
    }
    Runtime.getRuntime().halt(1);
  }
}
