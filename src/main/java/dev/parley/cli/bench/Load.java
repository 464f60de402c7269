package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;

/// What a scenario does with its connections. [#onMarked] is called on the peer's event loop, the
/// rest by the controlling thread.
interface Load {
  /// For connections that are only there.
  Load NONE = (peer, bytes, start, length, mark) -> {};

  /// A frame with a [Mark] came. This is the hot path: it may look at the bytes, but keeps nothing.
  ///
  /// @param mark the mark's index in `bytes`
  void onMarked(Peer peer, ByteBuf bytes, int start, int length, int mark);

  /// The rooms that a connection enters before it is ready.
  default List<String> rooms(int peer) {
    return List.of();
  }

  /// All connections are ready.
  default void start(List<Worker> workers, List<Peer> peers) {}

  /// The measured time is over: waits, at most so long, for what was sent in it and still counts.
  default void settle(Duration patience) throws InterruptedException {}

  /// Nothing more is to be sent.
  default void stop() {}
}
