package dev.parley.cli;

import dev.parley.config.ConfigLoader;
import dev.parley.config.ConfigResult;
import dev.parley.config.LogConfig;
import dev.parley.config.TextFiles;
import dev.parley.observe.Logging;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a command sees of the process that it runs in.
///
/// @param out results
/// @param err complaints
/// @param environment the variables
/// @param files what it may read
/// @param logging sets up logging
/// @param atExit takes what is to be done when the process is told to stop
public record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    TextFiles files,
    Consumer<LogConfig> logging,
    Consumer<Runnable> atExit) {

  /// The real one.
  public static Terminal ofProcess() {
    return new Terminal(
        System.out,
        System.err,
        System.getenv(),
        TextFiles.DISK,
        Terminal::configureLogging,
        Terminal::drainAtExit);
  }

  private static void configureLogging(LogConfig config) {
    Logging.configure(
        Logging.Format.valueOf(config.format().name()),
        Logging.Threshold.valueOf(config.level().name()));
  }

  private static void drainAtExit(Runnable drain) {
    Runnable last =
        () -> {
          drain.run();
          Logging.stop();
        };
    Runtime.getRuntime().addShutdownHook(new Thread(last, "drain"));
  }

  ConfigResult load(List<String> arguments) {
    return new ConfigLoader(environment, files).load(arguments);
  }

  /// Complains in one line.
  ///
  /// @return the exit code for it
  int refuse(String line) {
    err.println("parley: " + line);
    return ExitCode.REFUSED;
  }

  /// Reports in one line what went wrong.
  ///
  /// @return the exit code for it
  int fail(String line) {
    err.println("parley: " + line);
    return ExitCode.FAILED;
  }
}
