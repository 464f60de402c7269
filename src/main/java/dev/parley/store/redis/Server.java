package dev.parley.store.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a Redis server says of itself, in the answer to `INFO`.
///
/// @param life names its uninterrupted history (`master_replid`); another one begins with every
///   restart and every change of the master
record Server(
    String life,
    boolean isMaster,
    String version,
    String evictionPolicy,
    boolean appendOnly,
    boolean isCluster) {

  static Server parse(String info) {
    Map<String, String> fields = fields(info);
    return new Server(
        fields.getOrDefault("master_replid", ""),
        fields.getOrDefault("role", "").equals("master"),
        fields.getOrDefault("redis_version", "0"),
        fields.getOrDefault("maxmemory_policy", "unknown"),
        fields.getOrDefault("aof_enabled", "0").equals("1"),
        fields.getOrDefault("cluster_enabled", "0").equals("1"));
  }

  /// Why this server must not be used; empty if it may.
  Optional<String> refusal() {
    if (isCluster) {
      return Optional.of("is part of a Redis Cluster; use a single server or Sentinels");
    }
    if (isOlderThan(6, 2)) {
      return Optional.of("is of version " + version + "; 6.2 or later is needed");
    }
    if (!evictionPolicy.equals("noeviction")) {
      return Optional.of(
          "has maxmemory-policy "
              + evictionPolicy
              + ", by which it may drop what was acknowledged; set it to noeviction");
    }
    return isMaster ? Optional.empty() : Optional.of("is a replica; the master is needed");
  }

  /// What its operator should know; empty if all is well.
  Optional<String> warning() {
    return appendOnly
        ? Optional.empty()
        : Optional.of(
            "keeps no append-only file: when it stops it loses what it was given since its last"
                + " snapshot; set appendonly yes");
  }

  private boolean isOlderThan(int major, int minor) {
    String[] parts = version.split("\\.", 3);
    int first = number(parts[0]);
    return first < major || (first == major && parts.length > 1 && number(parts[1]) < minor);
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static Map<String, String> fields(String info) {
    var fields = new HashMap<String, String>();
    info.lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(
            line ->
                fields.put(
                    line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
    return fields;
  }
}
