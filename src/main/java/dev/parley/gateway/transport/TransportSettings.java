package dev.parley.gateway.transport;

import java.util.Optional;

/// How one connection begins.
///
/// @param maxMessageBytes the largest message that the client may send at first
/// @param fragments whether messages may come in fragments at first
/// @param compression whether permessage-deflate is accepted if the client offers it
/// @param subprotocol the one to answer, of those that the client named
/// @param lowWaterBytes once too much waits, so little must wait before more is taken
/// @param highWaterBytes with more than this unsent the connection is not writable
public record TransportSettings(
    int maxMessageBytes,
    boolean fragments,
    boolean compression,
    Optional<String> subprotocol,
    int lowWaterBytes,
    int highWaterBytes) {
  public TransportSettings {
    if (maxMessageBytes <= 0) {
      throw new IllegalArgumentException("maxMessageBytes must be positive: " + maxMessageBytes);
    }
    if (lowWaterBytes < 0 || lowWaterBytes > highWaterBytes) {
      throw new IllegalArgumentException(
          "water marks out of order: " + lowWaterBytes + ", " + highWaterBytes);
    }
  }
}
