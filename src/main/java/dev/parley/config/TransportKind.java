package dev.parley.config;

/// How WebSocket frames reach the socket.
public enum TransportKind {
  /// A pipeline of our own on the upgraded socket: the fast one.
  LEAN,
  /// The public WebSocket interface of Vert.x: the fallback.
  PORTABLE
}
