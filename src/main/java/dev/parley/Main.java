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
    return Node.start(config).map(RunningNode::new);
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
