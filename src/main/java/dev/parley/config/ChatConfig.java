package dev.parley.config;

import java.time.Duration;

/// Chat messages and what is said about them.
///
/// @param typingTimeout after so long without another sign, typing ends by itself
/// @param historyPage the most messages that one request for history gets
/// @param readBatchAbove members above which read marks are told in batches, newest per user
/// @param readBatchInterval how often such a batch is told
/// @param cache newest messages of all rooms that this node keeps in memory
public record ChatConfig(
    @Setting("6s") Duration typingTimeout,
    @Setting("200") int historyPage,
    @Setting("50") int readBatchAbove,
    @Setting("1s") Duration readBatchInterval,
    @Setting(value = "1000", older = "MAX_CACHE_SIZE") int cache) {

  public ChatConfig {
    Ensure.between(
        "chat.typing_timeout", typingTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
    Ensure.between("chat.history_page", historyPage, 1, 1_000);
    Ensure.between("chat.read_batch_above", readBatchAbove, 1, 1_000_000);
    Ensure.between(
        "chat.read_batch_interval",
        readBatchInterval,
        Duration.ofMillis(50),
        Duration.ofMinutes(1));
    Ensure.between("chat.cache", cache, 0, 10_000_000);
  }
}
