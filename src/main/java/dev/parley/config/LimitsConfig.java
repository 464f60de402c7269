package dev.parley.config;

import java.time.Duration;

/// Bounds that hold in every dialect (`dialects` has those of each). Exceeding one never harms
/// another connection.
///
/// @param connectionsPerIp open connections of one address; in development not for loopback; 0: any
///   number
/// @param messagesPerIp messages of one address per minute; 0: any number
/// @param restRequests REST requests of one user per minute
/// @param chatMessages chat messages of one user per minute in the dialect `connect`
/// @param ephemeral cursors, selections and typing per connection and second; beyond them the
///   newest wins
/// @param roomsPerConnection rooms that one connection may have joined
/// @param failedAuthentications failing tokens of one address per minute; beyond them 429
/// @param badMessages malformed messages of one connection per minute; beyond them close 1008
/// @param unansweredCommands commands of one connection in flight; beyond them it is not read
/// @param unsentBytes live events waiting for one connection; beyond them close 4408
/// @param replayBytes replies and replays waiting for one connection before the next part is
///   written
/// @param probe how long a connection may stay silent when its place is wanted for another
/// @param cleanupInterval how often counters that nobody needs are removed
public record LimitsConfig(
    @Setting(value = "10", older = "WEBSOCKET_MAX_CONNECTIONS_PER_IP") int connectionsPerIp,
    @Setting(value = "0", production = "1200") int messagesPerIp,
    @Setting("600") int restRequests,
    @Setting(value = "60", older = "WEBSOCKET_MESSAGE_RATE_LIMIT") int chatMessages,
    @Setting("50") int ephemeral,
    @Setting("500") int roomsPerConnection,
    @Setting("20") int failedAuthentications,
    @Setting("100") int badMessages,
    @Setting("64") int unansweredCommands,
    @Setting("1MiB") int unsentBytes,
    @Setting("256KiB") int replayBytes,
    @Setting("2s") Duration probe,
    @Setting(value = "300s", older = "WS_CLEANUP_INTERVAL") Duration cleanupInterval) {

  public LimitsConfig {
    Ensure.between("limits.connections_per_ip", connectionsPerIp, 0, 10_000_000);
    Ensure.between("limits.messages_per_ip", messagesPerIp, 0, 1_000_000_000);
    Ensure.between("limits.rest_requests", restRequests, 1, 1_000_000_000);
    Ensure.between("limits.chat_messages", chatMessages, 1, 1_000_000_000);
    Ensure.between("limits.ephemeral", ephemeral, 1, 1_000_000);
    Ensure.between("limits.rooms_per_connection", roomsPerConnection, 1, 100_000);
    Ensure.between("limits.failed_authentications", failedAuthentications, 1, 1_000_000);
    Ensure.between("limits.bad_messages", badMessages, 1, 1_000_000);
    Ensure.between("limits.unanswered_commands", unansweredCommands, 1, 4_096);
    Ensure.bytesBetween("limits.unsent_bytes", unsentBytes, 1 << 16, 1 << 30);
    Ensure.bytesBetween("limits.replay_bytes", replayBytes, 1 << 14, 1 << 28);
    Ensure.between("limits.probe", probe, Duration.ofMillis(50), Duration.ofSeconds(30));
    Ensure.between(
        "limits.cleanup_interval", cleanupInterval, Duration.ofSeconds(1), Duration.ofDays(1));
  }
}
