package dev.parley.store.redis;

import dev.parley.config.RedisAck;
import dev.parley.config.RedisConfig;
import dev.parley.config.StoreConfig;
import java.time.Duration;
import java.util.function.Supplier;

/// How a store on Redis is opened.
///
/// @param name of this node, among those that share the store
/// @param redis where it is, and how it is spoken to
/// @param links connections; each belongs to an event loop
/// @param maxQueuedCalls calls of one link that may be unanswered; more fail as unavailable
/// @param maxQueuedBytes likewise, by what they carry
/// @param retry how long a call is sent again before it fails as unavailable
/// @param keysKept how long idempotency keys are remembered at least; at most twice as long
/// @param messagesKept how long events of rooms are kept
/// @param notificationsKept how long notifications are, and what else stands in users' streams
/// @param ahead how far the store's time runs ahead of Redis's; for tests, in which time passes
///   quickly
public record RedisStoreOptions(
    String name,
    RedisConfig redis,
    int links,
    int maxQueuedCalls,
    long maxQueuedBytes,
    Duration retry,
    Duration keysKept,
    Duration messagesKept,
    Duration notificationsKept,
    Supplier<Duration> ahead) {
  private static final int QUEUED_CALLS = 50_000;

  public RedisStoreOptions {
    if (links < 1 || maxQueuedCalls < 1 || maxQueuedBytes < 1) {
      throw new IllegalArgumentException("at least one of each");
    }
  }

  /// @param links as many as there are event loops
  public static RedisStoreOptions of(String name, StoreConfig config, int links) {
    return new RedisStoreOptions(
        name,
        config.redis(),
        links,
        Math.max(1, QUEUED_CALLS / links),
        Math.max(1, config.queueBytes() / links),
        config.retry(),
        config.keysKept(),
        config.messages().keep(),
        config.notifications().keep(),
        () -> Duration.ZERO);
  }

  public RedisStoreOptions withMaxQueued(int calls, long bytes) {
    return new RedisStoreOptions(
        name, redis, links, calls, bytes, retry, keysKept, messagesKept, notificationsKept, ahead);
  }

  public RedisStoreOptions withAhead(Supplier<Duration> time) {
    return new RedisStoreOptions(
        name,
        redis,
        links,
        maxQueuedCalls,
        maxQueuedBytes,
        retry,
        keysKept,
        messagesKept,
        notificationsKept,
        time);
  }

  boolean awaitsReplica() {
    return redis.ack() == RedisAck.REPLICA;
  }
}
