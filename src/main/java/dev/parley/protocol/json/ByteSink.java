package dev.parley.protocol.json;

import java.io.OutputStream;
import java.util.Arrays;

/// Collects what a generator flushes. A document that fits the generator's buffer arrives in one
/// piece and is copied once.
final class ByteSink extends OutputStream {
  private static final byte[] EMPTY = {};

  private byte[] bytes = EMPTY;
  private int size;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * size));
    }
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /// Everything written since the last call.
  byte[] take() {
    byte[] taken = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    bytes = EMPTY;
    size = 0;
    return taken;
  }
}
