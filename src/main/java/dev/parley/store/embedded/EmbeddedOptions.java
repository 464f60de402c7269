package dev.parley.store.embedded;

import dev.parley.config.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// How an embedded store is opened.
///
/// @param directory belongs to the store alone; made if it is not there
/// @param maxQueuedWrites writes that may wait for the disk; more fail as unavailable
/// @param maxQueuedBytes likewise, by what they carry
/// @param maxBatch the most writes that one commit makes durable
/// @param readers threads that read, each with a connection
/// @param maxQueuedReads reads that may wait for a thread; more fail as unavailable
/// @param keysKept how long idempotency keys are remembered at least; at most twice as long
/// @param messagesKept how long events of rooms are kept at least
/// @param notificationsKept how long notifications are, and what else stands in users' streams
/// @param checkLimit how long the check for damage may hold up the start; what it did not reach is
///   taken as good
/// @param clock for expiry, and for forgetting keys
public record EmbeddedOptions(
    Path directory,
    int maxQueuedWrites,
    long maxQueuedBytes,
    int maxBatch,
    int readers,
    int maxQueuedReads,
    Duration keysKept,
    Duration messagesKept,
    Duration notificationsKept,
    Duration checkLimit,
    InstantSource clock) {
  private static final int QUEUED_WRITES = 50_000;
  private static final int QUEUED_READS = 10_000;
  private static final Duration CHECK = Duration.ofSeconds(5);

  public EmbeddedOptions {
    ensurePositive("maxQueuedWrites", maxQueuedWrites);
    ensurePositive("maxQueuedBytes", maxQueuedBytes);
    ensurePositive("maxBatch", maxBatch);
    ensurePositive("readers", readers);
    ensurePositive("maxQueuedReads", maxQueuedReads);
  }

  public static EmbeddedOptions of(StoreConfig config) {
    return new EmbeddedOptions(
        config.directory(),
        QUEUED_WRITES,
        config.queueBytes(),
        config.batchRows(),
        config.readers(),
        QUEUED_READS,
        config.keysKept(),
        config.messages().keep(),
        config.notifications().keep(),
        CHECK,
        InstantSource.system());
  }

  public EmbeddedOptions withMaxQueued(int writes, long bytes) {
    return new EmbeddedOptions(
        directory,
        writes,
        bytes,
        maxBatch,
        readers,
        maxQueuedReads,
        keysKept,
        messagesKept,
        notificationsKept,
        checkLimit,
        clock);
  }

  public EmbeddedOptions withCheckLimit(Duration limit) {
    return new EmbeddedOptions(
        directory,
        maxQueuedWrites,
        maxQueuedBytes,
        maxBatch,
        readers,
        maxQueuedReads,
        keysKept,
        messagesKept,
        notificationsKept,
        limit,
        clock);
  }

  public EmbeddedOptions withClock(InstantSource time) {
    return new EmbeddedOptions(
        directory,
        maxQueuedWrites,
        maxQueuedBytes,
        maxBatch,
        readers,
        maxQueuedReads,
        keysKept,
        messagesKept,
        notificationsKept,
        checkLimit,
        time);
  }

  private static void ensurePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " " + value);
    }
  }
}
