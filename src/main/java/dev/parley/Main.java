package dev.parley;

import dev.parley.cli.Cli;
import dev.parley.cli.ExitCode;
import dev.parley.cli.Server;
import dev.parley.cli.Terminal;
import dev.parley.config.Config;
import io.vertx.core.Future;
import java.util.List;

/// What `java -jar parley.jar` starts.
public final class Main {
  private Main() {}

  /// Runs one command. After `serve` the process lives on in the server's threads.
  ///
  /// @param args the command and its options
  public static void main(String[] args) {
    int code = new Cli(Terminal.ofProcess(), Main::start).run(List.of(args));
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  private static Future<Server.Running> start(Config config) {
    return Node.start(config)
        .onSuccess(node -> node.stopped().onComplete(_ -> exit()))
        .map(RunningNode::new);
  }

  /// A server that was told to stop by a call ends its process. On a thread of its own: whoever
  /// exits waits for all that is done at the end, and that may wait for the one that calls this.
  private static void exit() {
    var _ = Thread.ofPlatform().daemon().name("exit").start(() -> System.exit(ExitCode.OK));
  }

  private record RunningNode(Node node) implements Server.Running {
    @Override
    public int port() {
      return node.port();
    }

    @Override
    public Future<Void> drain() {
      return node.stop();
    }
  }
}
