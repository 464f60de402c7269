package dev.parley;

import dev.parley.cli.Cli;
import dev.parley.cli.ExitCode;
import dev.parley.cli.Terminal;
import io.vertx.core.Future;
import java.util.List;

/// What `java -jar parley.jar` starts.
public final class Main {
  private Main() {}

  /// Runs one command. After `serve` the process lives on in the server's threads.
  ///
  /// @param args the command and its options
  public static void main(String[] args) {
    var cli = new Cli(Terminal.ofProcess(), _ -> Future.failedFuture("it is not built yet"));
    int code = cli.run(List.of(args));
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }
}
