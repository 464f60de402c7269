package dev.parley.cli;

import dev.parley.config.Config;
import io.vertx.core.Future;

/// The server, as commands see it.
@FunctionalInterface
public interface Server {
  /// Starts it; the future completes when it listens.
  Future<Running> start(Config config);

  /// A server that listens.
  interface Running {
    /// Where it listens, also if any free port was asked for.
    int port();

    /// Lets the clients go and stops; the future completes when everything is closed. Called once.
    Future<Void> drain();
  }
}
