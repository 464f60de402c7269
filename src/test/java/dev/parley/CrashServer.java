package dev.parley;

import dev.parley.config.Config;
import dev.parley.crash.HastyStore;
import dev.parley.kit.Starter;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// A server in a process of its own, to be killed. Prints `LISTENING <port>`.
///
/// Arguments: the data directory, and `hasty` to plant a bug: acknowledging before the store has
/// it.
public final class CrashServer {
  private CrashServer() {}

  public static void main(String[] args) throws IOException {
    Config config =
        Config.of(
            "http.port", "0",
            "node.event_loops", "2",
            "auth.secret", TestTokens.SECRET,
            "dialects.native.messages", "1000000000",
            "store.directory", args[0]);
    boolean hasty = args.length > 1 && args[1].equals("hasty");
    Node.start(config, hasty ? HastyStore::new : UnaryOperator.identity())
        .onComplete(node -> System.out.println("LISTENING " + node.port()), CrashServer::fail);
    Starter.outliveNot();
  }

  private static void fail(Throwable failure) {
    System.out.println("FAILED " + failure.getMessage());
    System.exit(2);
  }
}
