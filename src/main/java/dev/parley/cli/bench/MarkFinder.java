package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;

/// Finds the [Mark] in a frame. Frames of one kind have it at one place: where it was last time is
/// looked at first, so that a frame is searched only when the kind changes. One per connection.
final class MarkFinder {
  private int lastOffset;

  /// The index of the mark in the frame of `length` bytes at `start`, or -1.
  int find(ByteBuf bytes, int start, int length) {
    int last = length - Mark.LENGTH;
    if (last < 0) {
      return -1;
    }
    if (lastOffset <= last && Mark.isAt(bytes, start + lastOffset)) {
      return start + lastOffset;
    }
    return search(bytes, start, last);
  }

  private int search(ByteBuf bytes, int start, int last) {
    for (int offset = 0; offset <= last; offset++) {
      if (bytes.getByte(start + offset) == 'b' && Mark.isAt(bytes, start + offset)) {
        lastOffset = offset;
        return start + offset;
      }
    }
    return -1;
  }
}
