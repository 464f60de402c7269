package dev.parley.gateway.transport;

import dev.parley.dialect.InFrame;
import dev.parley.protocol.CloseCode;

/// What a frame of a client amounts to.
sealed interface Inbound {
  /// The last frame of a message: here it is, whole, inflated and checked.
  record Message(InFrame frame) implements Inbound {}

  /// A fragment; its message goes on.
  record Fragment() implements Inbound {}

  record Ping(byte[] payload) implements Inbound {}

  record Pong(byte[] payload) implements Inbound {}

  /// @param code 1005 if the client gave none
  record Close(int code) implements Inbound {}

  /// A breach of the protocol or of a limit; nothing after it can be understood.
  record Violation(CloseCode code) implements Inbound {}
}
