package dev.parley.cli;

import dev.parley.config.Config;
import dev.parley.config.ConfigResult.Loaded;
import dev.parley.config.ConfigResult.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `parley serve`: starts the server and arranges for its end. SIGTERM drains it.
record ServeCommand(Terminal terminal, Server server) implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /// What closing takes beyond the times that `drain` allows.
  private static final Duration CLOSING = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "start the server (the default)";
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public int run(List<String> arguments) {
    return switch (terminal.load(arguments)) {
      case Refused(var line) -> terminal.refuse(line);
      case Loaded loaded -> serve(loaded);
    };
  }

  private int serve(Loaded loaded) {
    terminal.logging().accept(loaded.config().log());
    loaded.warnings().forEach(LOG::warn);
    try {
      var running = server.start(loaded.config()).await();
      terminal.atExit().accept(() -> stop(running, loaded));
      if (loaded.keyIsMadeUp()) {
        loaded.config().auth().secret().ifPresent(DevelopmentKey.of(loaded.config())::leave);
      }
      return ExitCode.OK;
    } catch (RuntimeException | Error e) {
      LOG.debug("The server did not start", e);
      return terminal.fail("the server did not start: " + reason(e));
    }
  }

  private static void stop(Server.Running running, Loaded loaded) {
    if (loaded.keyIsMadeUp()) {
      DevelopmentKey.of(loaded.config()).remove();
    }
    var limit = limit(loaded.config());
    try {
      running.drain().await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.atWarn().addKeyValue("after", limit).log("Stopped before everything was closed");
    } catch (RuntimeException e) {
      LOG.warn("Stopped with an error", e);
    }
  }

  private static Duration limit(Config config) {
    var drain = config.drain();
    return drain.delay().plus(drain.window()).plus(drain.timeout()).plus(CLOSING);
  }

  /// The innermost cause is the one that says what to do.
  private static String reason(Throwable failure) {
    var cause = failure.getCause();
    if (cause != null) {
      return reason(cause);
    }
    var text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
