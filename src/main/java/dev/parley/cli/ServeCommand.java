package dev.parley.cli;

import dev.parley.config.Config;
import dev.parley.config.ConfigResult.Loaded;
import dev.parley.config.ConfigResult.Refused;
import dev.parley.config.HttpConfig;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
      onListening(running, loaded);
      return ExitCode.OK;
    } catch (Exception e) {
      LOG.debug("The server did not start", e);
      return terminal.fail("the server did not start: " + reason(e, loaded.config().http()));
    }
  }

  private static void onListening(Server.Running running, Loaded loaded) {
    var config = loaded.config();
    if (loaded.keyIsMadeUp()) {
      config.auth().secret().ifPresent(DevelopmentKey.of(config)::leave);
    }
    LOG.atInfo()
        .addKeyValue("address", address(config.http(), running.port()))
        .addKeyValue("node", config.node().id())
        .addKeyValue("mode", config.mode())
        .addKeyValue("version", Version.text())
        .log("Parley listens");
  }

  private static String address(HttpConfig http, int port) {
    var host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return (http.tls().isOn() ? "https://" : "http://") + host + ":" + port;
  }

  private static void stop(Server.Running running, Loaded loaded) {
    if (loaded.keyIsMadeUp()) {
      DevelopmentKey.of(loaded.config()).remove();
    }
    LOG.info("Parley drains");
    var limit = limit(loaded.config());
    try {
      running.drain().await(limit.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("Parley stopped");
    } catch (TimeoutException _) {
      LOG.atWarn().addKeyValue("after", limit).log("Stopped before everything was closed");
    } catch (Exception e) {
      LOG.warn("Stopped with an error", e);
    }
  }

  private static Duration limit(Config config) {
    var drain = config.drain();
    return drain.delay().plus(drain.window()).plus(drain.timeout()).plus(CLOSING);
  }

  /// The innermost cause is the one that says what to do.
  private static String reason(Throwable failure, HttpConfig http) {
    var cause = failure.getCause();
    if (cause != null) {
      return reason(cause, http);
    }
    var text = Objects.requireNonNullElse(failure.getMessage(), "");
    return switch (failure) {
      case BindException _ -> text + ": " + address(http, http.port());
      case UnknownHostException _ ->
          "http.host = " + http.host() + " is no address of this machine";
      case Throwable other -> text.isEmpty() ? other.getClass().getSimpleName() : text;
    };
  }
}
