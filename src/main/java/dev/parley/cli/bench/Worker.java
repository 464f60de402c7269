package dev.parley.cli.bench;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;

/// One event loop with what its connections share.
record Worker(EventLoop loop, Tally tally, FrameWriter writer) {
  static Worker on(EventLoop loop) {
    return new Worker(loop, new Tally(), new FrameWriter(PooledByteBufAllocator.DEFAULT));
  }
}
