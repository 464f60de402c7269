package dev.parley.config;

/// This server process.
///
/// @param id its name in logs, metrics and `welcome`; unique in a cluster. A random one if not set
/// @param eventLoops how many threads serve connections; 0: one per processor
public record NodeConfig(@Setting("") String id, @Setting("0") int eventLoops) {
  public NodeConfig {
    Ensure.that(
        "node.id", id.matches("[A-Za-z0-9._-]{1,64}"), "1 to 64 of letters, digits, . _ and -");
    Ensure.between("node.event_loops", eventLoops, 0, 256);
  }

  /// The number of event loops to start.
  public int eventLoopCount() {
    return eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
  }
}
