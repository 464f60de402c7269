package dev.parley.gateway.transport;

/// The two things for which the public API of Vert.x has no word.
interface RawSocket {
  /// Vert.x writes while it reads without a flush, and closes the socket of a client that broke the
  /// protocol before it would come to one.
  void flush();

  /// Vert.x ends a connection only by a close frame, which never leaves behind the backlog of a
  /// client that does not read.
  void sever();
}
