package dev.parley.config;

import java.time.Duration;

/// WebSocket connections, whatever they speak.
///
/// @param transport how frames reach the socket; `portable` if the lean way misbehaves
/// @param pingInterval silence of a connection after which the server pings it (`nexus` has its
///   own)
/// @param pingTimeout silence after which the connection is closed 1001 (`nexus` has its own); more
///   than the interval
/// @param acceptRate upgrades per second; beyond them 503
/// @param maxConnections connections of this node; beyond them 503
/// @param maxMessageBytes a text message, inflated
/// @param maxBinaryMessageBytes a binary message, inflated
/// @param maxUnauthenticatedBytes a message before authentication, which may have no fragments
/// @param jsonDepth nesting of objects and arrays in a message
/// @param jsonNumberDigits digits of one number in a message
/// @param compression whether permessage-deflate is offered
/// @param compressFromBytes shorter frames are not compressed
/// @param ephemeralFlush how long output that is only ephemeral may wait for company
public record WsConfig(
    @Setting("lean") TransportKind transport,
    @Setting(value = "25s", older = "WEBSOCKET_PING_INTERVAL") Duration pingInterval,
    @Setting(value = "60s", older = "WEBSOCKET_PING_TIMEOUT") Duration pingTimeout,
    @Setting("1000") int acceptRate,
    @Setting("200000") int maxConnections,
    @Setting("64KiB") int maxMessageBytes,
    @Setting("1MiB") int maxBinaryMessageBytes,
    @Setting("16KiB") int maxUnauthenticatedBytes,
    @Setting("32") int jsonDepth,
    @Setting("100") int jsonNumberDigits,
    @Setting("true") boolean compression,
    @Setting("1KiB") int compressFromBytes,
    @Setting("25ms") Duration ephemeralFlush) {

  public WsConfig {
    Ensure.between("ws.ping_interval", pingInterval, Duration.ofMillis(50), Duration.ofHours(1));
    Ensure.between("ws.ping_timeout", pingTimeout, Duration.ofMillis(100), Duration.ofHours(3));
    Ensure.that(
        "ws.ping_timeout", pingTimeout.compareTo(pingInterval) > 0, "more than ws.ping_interval");
    Ensure.between("ws.accept_rate", acceptRate, 1, 1_000_000);
    Ensure.between("ws.max_connections", maxConnections, 1, 10_000_000);
    Ensure.bytesBetween("ws.max_message_bytes", maxMessageBytes, 1 << 10, 1 << 26);
    Ensure.bytesBetween("ws.max_binary_message_bytes", maxBinaryMessageBytes, 1 << 10, 1 << 28);
    Ensure.bytesBetween(
        "ws.max_unauthenticated_bytes", maxUnauthenticatedBytes, 1 << 10, maxMessageBytes);
    Ensure.between("ws.json_depth", jsonDepth, 4, 1_000);
    Ensure.between("ws.json_number_digits", jsonNumberDigits, 20, 1_000);
    Ensure.bytesBetween("ws.compress_from_bytes", compressFromBytes, 0, 1 << 20);
    Ensure.between("ws.ephemeral_flush", ephemeralFlush, Duration.ZERO, Duration.ofSeconds(1));
  }
}
