package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;

/// Where the server keeps what it must not lose.
///
/// @param directory the data directory; one server process at a time
/// @param queueBytes appends that wait for the disk or for Redis; beyond them `UNAVAILABLE`
/// @param batchRows the most rows that one commit writes
/// @param readers connections that read beside the writer
/// @param retry how long an append whose answer was lost is repeated
/// @param keysKept how long the idempotency key of an append is remembered
/// @param messages what happens to chat messages
/// @param notifications what happens to notifications
/// @param redis the shared store
public record StoreConfig(
    @Setting("data") Path directory,
    @Setting("64MiB") long queueBytes,
    @Setting("1024") int batchRows,
    @Setting("2") int readers,
    @Setting("5s") Duration retry,
    @Setting("24h") Duration keysKept,
    Messages messages,
    Notifications notifications,
    RedisConfig redis) {

  public StoreConfig {
    Ensure.bytesBetween("store.queue_bytes", queueBytes, 1 << 20, 1L << 34);
    Ensure.between("store.batch_rows", batchRows, 1, 65_536);
    Ensure.between("store.readers", readers, 1, 64);
    Ensure.between("store.retry", retry, Duration.ofMillis(100), Duration.ofMinutes(1));
    Ensure.between("store.keys_kept", keysKept, Duration.ofMinutes(1), Duration.ofDays(7));
  }

  /// Chat messages in the store.
  ///
  /// @param keep how long they are kept
  public record Messages(@Setting("365d") Duration keep) {
    public Messages {
      Ensure.between("store.messages.keep", keep, Duration.ofDays(1), Duration.ofDays(36_500));
    }
  }

  /// Notifications in the store.
  ///
  /// @param keep how long they are kept, and whatever else waits in users' inboxes
  public record Notifications(@Setting("90d") Duration keep) {
    public Notifications {
      Ensure.between("store.notifications.keep", keep, Duration.ofDays(1), Duration.ofDays(36_500));
    }
  }
}
