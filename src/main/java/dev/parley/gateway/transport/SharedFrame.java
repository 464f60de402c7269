package dev.parley.gateway.transport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.dialect.OutFrame;

/// A frame for many connections: its wire bytes (header and payload) are made once, and once more
/// compressed if a receiver wants them so. Reference counted: made with one reference, which its
/// maker releases when all connections have been given it; who hands it on to another thread
/// retains it for that one first. May be used by several event loops at once.
public sealed interface SharedFrame permits WireFrame {
  /// From any thread.
  static SharedFrame of(OutFrame frame) {
    return new WireFrame(frame);
  }

  OutFrame frame();

  /// One reference more, to be released as well.
  ///
  /// @return this
  @CanIgnoreReturnValue
  SharedFrame retain();

  /// One reference less; with the last the wire bytes go, as soon as no connection has them queued.
  void release();
}
