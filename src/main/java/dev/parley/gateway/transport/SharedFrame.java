package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;

/// A frame for many connections: its wire bytes (header and payload) are made once, and once more
/// compressed if a receiver wants them so. Reference counted: made with one reference, which its
/// maker releases when all connections have been given it. May be used by several event loops at
/// once.
public interface SharedFrame {
  OutFrame frame();

  void release();
}
