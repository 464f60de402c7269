package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import dev.parley.protocol.CloseCode;

/// One open WebSocket connection. All methods are called on its event loop, and its
/// [TransportListener] is called there too. After the end every method does nothing.
public interface Transport {
  /// Queues a frame that other connections get too. It leaves at the end of this turn of the event
  /// loop.
  void send(SharedFrame frame);

  /// Queues a frame of this connection alone; likewise.
  void send(OutFrame frame);

  /// Bytes queued that the socket did not take yet, truthfully: those in the channel and those
  /// above it.
  long unsentBytes();

  /// Whether the socket takes bytes. Once false, [TransportListener#onWritable()] says when it is
  /// true again.
  boolean isWritable();

  /// Stops reading from the socket, so that the client feels it.
  void pause();

  void resume();

  /// Sends a ping frame. Its pong is told by [TransportListener#onPong()].
  void ping();

  /// Sends a ping frame that carries a number, which [TransportListener#onEcho(long)] tells when
  /// the client has sent it back: by then it has received all that was sent before.
  void ping(long number);

  /// Ends the connection after what was sent: a close frame, then, when the client has answered or
  /// 5 s have passed, the socket.
  void close(CloseCode code, String reason);

  /// Ends the connection at once, with whatever it had not read (the client sees 1006).
  void cut();

  /// Restricts what the client may send: the largest message, and whether it may come in fragments.
  void limitInput(int maxMessageBytes, boolean fragments);

  /// Total bytes of frames read and written.
  long bytesIn();

  long bytesOut();
}
