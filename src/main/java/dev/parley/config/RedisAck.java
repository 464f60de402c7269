package dev.parley.config;

/// When the shared store acknowledges a write.
public enum RedisAck {
  /// Redis has it, as durable as its `appendfsync` makes it.
  MASTER,
  /// A replica has it too.
  REPLICA
}
