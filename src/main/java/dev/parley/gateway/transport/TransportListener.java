package dev.parley.gateway.transport;

import dev.parley.dialect.InFrame;
import dev.parley.protocol.CloseCode;

/// What happens on a connection; called on its event loop. Every method must return soon and throw
/// nothing.
public interface TransportListener {
  /// A whole message. Its payload is the listener's.
  void onMessage(InFrame frame);

  /// Any frame of the client that is no message: ping (already answered) or pong.
  void onPong();

  /// The client has sent back the number of a ping. Its pong was told by [#onPong()] too.
  default void onEcho(long number) {}

  /// The socket takes bytes again.
  void onWritable();

  /// The client broke the protocol or a limit: `PROTOCOL_ERROR`, `INVALID_TEXT` or `TOO_LARGE`.
  /// Nothing more is read. The listener says what is to be told and closes with this code.
  void onViolation(CloseCode code);

  /// The connection is over; called exactly once, last.
  ///
  /// @param code the client's close code, 1005 if it gave none, 1006 if it just went
  void onClosed(int code);
}
