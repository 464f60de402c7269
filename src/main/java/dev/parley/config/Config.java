package dev.parley.config;

import java.util.HashMap;
import java.util.Map;

/// Everything the server was told, read once at start. A section per part of the house.
///
/// @param mode how much the server trusts its surroundings: in development guests may enter and a
///   signing key is made up at start
public record Config(
    @Setting("development") Mode mode,
    NodeConfig node,
    HttpConfig http,
    WsConfig ws,
    LimitsConfig limits,
    DialectsConfig dialects,
    AuthConfig auth,
    RoomsConfig rooms,
    PresenceConfig presence,
    ChatConfig chat,
    JobsConfig jobs,
    QueueConfig queue,
    StoreConfig store,
    ClusterConfig cluster,
    FeedConfig feed,
    BusConfig bus,
    DrainConfig drain,
    LogConfig log,
    MetricsConfig metrics,
    AdminConfig admin,
    DemoConfig demo) {

  public Config {
    Ensure.that(
        "auth.secret",
        mode == Mode.DEVELOPMENT || auth.hasStrongKey(),
        "in production a key of at least 32 bytes, or auth.public_key, or auth.jwks_url");
  }

  /// What a server has that was told nothing: development mode, a random signing key.
  public static Config defaults() {
    return ConfigLoader.of(Map.of());
  }

  /// The defaults with some keys set otherwise, for tests and embedding.
  ///
  /// @param keysAndValues `"http.port", "0", "ws.transport", "portable"`, as in the file
  /// @throws IllegalArgumentException with the line that a user would read
  public static Config of(String... keysAndValues) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ConfigLoader.of(values);
  }

  /// Whether guests may enter and a made-up signing key will do.
  public boolean isDevelopment() {
    return mode == Mode.DEVELOPMENT;
  }
}
