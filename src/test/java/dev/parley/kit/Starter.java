package dev.parley.kit;

import java.io.IOException;

/// The process that started this one, and holds the other end of its input.
public final class Starter {
  private Starter() {}

  /// Ends this process, as a kill would, when the one that started it is gone, however that ended.
  public static void outliveNot() throws IOException {
    int input = System.in.read();
    while (input >= 0) {
      input = System.in.read();
    }
    Runtime.getRuntime().halt(1);
  }
}
