package dev.parley.cli.bench;

/// How a server wants to be spoken to. Shared by all connections.
sealed interface Wire permits NativeWire, PlainWire, SocketIoWire {
  /// What the handshake asks for.
  String path();

  /// Whether a connection shows a token.
  boolean isAuthenticated();

  /// What to do when the handshake is done.
  Step onUpgraded();

  /// What to do about a frame without a mark.
  Step onFrame(String text);

  byte[] join(String room);

  /// A message to all members of a room the sender is in.
  Template broadcast(String room);

  /// A request of [Payload#BYTES] bytes that is answered with its mark.
  Template echo();
}
