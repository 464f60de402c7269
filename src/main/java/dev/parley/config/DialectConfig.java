package dev.parley.config;

import java.time.Duration;

/// What every dialect has a limit for.
public sealed interface DialectConfig {
  /// Messages of one user per window, over all connections.
  int messages();

  /// The window: it opens with its first message and refills only at its end.
  Duration window();

  /// Open connections of one user.
  int connectionsPerUser();

  /// The dialect `native`.
  ///
  /// @param messages messages of one user per window
  /// @param window the window, from its first message on
  /// @param connectionsPerUser open connections of one user
  record Native(
      @Setting("600") int messages,
      @Setting("60s") Duration window,
      @Setting("20") int connectionsPerUser)
      implements DialectConfig {
    public Native {
      ensureLimits("native", messages, window, connectionsPerUser);
    }
  }

  /// The dialect `connect`.
  ///
  /// @param messages messages of one user per window
  /// @param window the window, from its first message on
  /// @param connectionsPerUser open connections of one user
  /// @param idleTimeout without an application frame in either direction for so long: close 1001;
  ///   0: never
  record Connect(
      @Setting(value = "100", older = "WS_MAX_MESSAGES") int messages,
      @Setting(value = "60s", older = "WS_RATE_WINDOW") Duration window,
      @Setting("20") int connectionsPerUser,
      @Setting(value = "1800s", older = "WEBSOCKET_CONNECTION_TIMEOUT") Duration idleTimeout)
      implements DialectConfig {
    public Connect {
      ensureLimits("connect", messages, window, connectionsPerUser);
      Ensure.between(
          "dialects.connect.idle_timeout", idleTimeout, Duration.ZERO, Duration.ofDays(30));
    }
  }

  /// The dialect `nexus`.
  ///
  /// @param messages messages of one user per window
  /// @param window the window, from its first message on
  /// @param connectionsPerUser open connections of one user
  /// @param pingInterval silence of a connection after which the server pings it
  /// @param pingTimeout silence after which the connection is closed 1001; more than the interval
  record Nexus(
      @Setting("600") int messages,
      @Setting("60s") Duration window,
      @Setting(value = "5", older = "MAX_CONNECTIONS_PER_USER") int connectionsPerUser,
      @Setting(
              value = "30s",
              older = {"WEBSOCKET_HEARTBEAT_INTERVAL", "WEBSOCKET_HEARTBEAT"})
          Duration pingInterval,
      @Setting(value = "60s", older = "WEBSOCKET_HEARTBEAT_TIMEOUT") Duration pingTimeout)
      implements DialectConfig {
    public Nexus {
      ensureLimits("nexus", messages, window, connectionsPerUser);
      Ensure.between(
          "dialects.nexus.ping_interval", pingInterval, Duration.ofMillis(50), Duration.ofHours(1));
      Ensure.between(
          "dialects.nexus.ping_timeout", pingTimeout, Duration.ofMillis(100), Duration.ofHours(3));
      Ensure.that(
          "dialects.nexus.ping_timeout",
          pingTimeout.compareTo(pingInterval) > 0,
          "more than dialects.nexus.ping_interval");
    }
  }

  /// The dialect `aether`.
  ///
  /// @param messages messages of one user per window
  /// @param window the window, from its first message on
  /// @param connectionsPerUser open connections of one user
  record Aether(
      @Setting("600") int messages,
      @Setting("60s") Duration window,
      @Setting("20") int connectionsPerUser)
      implements DialectConfig {
    public Aether {
      ensureLimits("aether", messages, window, connectionsPerUser);
    }
  }

  /// The dialect `workspace`.
  ///
  /// @param messages messages of one user per window
  /// @param window the window, from its first message on
  /// @param messagesPerHour messages of one user per hour
  /// @param blockMinutes who passes one of the two is refused everything but pings for so long; 0:
  ///   until the window ends
  /// @param connectionsPerUser open connections of one user
  record Workspace(
      @Setting(value = "60", older = "WEBSOCKET_REQUESTS_PER_MINUTE") int messages,
      @Setting("60s") Duration window,
      @Setting(value = "1000", older = "WEBSOCKET_REQUESTS_PER_HOUR") int messagesPerHour,
      @Setting(value = "15", older = "WEBSOCKET_BLOCK_DURATION_MINUTES") int blockMinutes,
      @Setting("20") int connectionsPerUser)
      implements DialectConfig {
    public Workspace {
      ensureLimits("workspace", messages, window, connectionsPerUser);
      Ensure.between("dialects.workspace.messages_per_hour", messagesPerHour, 1, 1_000_000_000);
      Ensure.between("dialects.workspace.block_minutes", blockMinutes, 0, 10_080);
    }
  }

  private static void ensureLimits(String dialect, int messages, Duration window, int connections) {
    Ensure.between("dialects." + dialect + ".messages", messages, 1, 1_000_000_000);
    Ensure.between(
        "dialects." + dialect + ".window", window, Duration.ofMillis(100), Duration.ofDays(1));
    Ensure.between("dialects." + dialect + ".connections_per_user", connections, 1, 10_000_000);
  }
}
